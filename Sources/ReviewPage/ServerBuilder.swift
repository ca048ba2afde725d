internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import NIOCore
#if TLS
    internal import HummingbirdTLS
    internal import NIOSSL
#endif

/// HTTP/1.1 with limits on what a stranger may send before anything of it is looked at.
func serverBuilder(_ options: ReviewPage.Options) throws -> HTTPServerBuilder {
    let plain = HTTPServerBuilder.http1(
        configuration: HTTP1Channel.Configuration(
            idleTimeout: .seconds(60),
            httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                maxHeaderFieldSize: 8 * 1024, maxHeaderListSize: 16 * 1024, maxHeaderFieldCount: 64)))
    guard let tls = options.tls else { return plain }
    #if TLS
        let chain = try NIOSSLCertificate.fromPEMFile(tls.certificate).map { NIOSSLCertificateSource.certificate($0) }
        let key = try NIOSSLPrivateKey(file: tls.key, format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        return try .tls(plain, tlsConfiguration: configuration)
    #else
        throw PageFault("this sluice was built without TLS, so it cannot use \(tls.certificate); see docs/reviewing.md")
    #endif
}

/// The page cannot be served as asked.
package struct PageFault: Error, CustomStringConvertible {
    package let description: String
    init(_ description: String) { self.description = description }
}
