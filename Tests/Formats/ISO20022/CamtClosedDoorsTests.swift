import Foundation
import Glibc
import Model
import Testing

@testable import Formats

/// A document that names files and servers: neither is ever asked.
struct CamtClosedDoorsTests {
    /// A file that the kernel watches; `wasOpened` tells whether anybody opened it.
    private final class WatchedFile {
        let path: String
        private let watch: CInt

        init() throws {
            path = FileManager.default.temporaryDirectory.appending(path: "sluice-secret-\(UUID().uuidString)").path
            try Data("7777.77".utf8).write(to: URL(filePath: path))
            watch = inotify_init1(CInt(O_NONBLOCK))
            let added = inotify_add_watch(watch, path, UInt32(IN_OPEN | IN_ACCESS))
            guard watch >= 0, added >= 0 else { throw CocoaError(.fileReadUnknown) }
        }

        deinit {
            close(watch)
            unlink(path)
        }

        func wasOpened() -> Bool {
            var buffer = [UInt8](repeating: 0, count: 4096)
            return read(watch, &buffer, buffer.count) > 0
        }
    }

    /// A socket that waits for callers.
    private final class Listener {
        let port: UInt16
        private let handle: CInt

        init() throws {
            handle = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | O_NONBLOCK, 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let port = withUnsafeMutablePointer(to: &address) { [handle] in
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                    bind(handle, generic, length) == 0 && listen(handle, 8) == 0
                        && getsockname(handle, generic, &length) == 0
                }
            }
            guard port else { throw CocoaError(.fileReadUnknown) }
            self.port = UInt16(bigEndian: address.sin_port)
        }

        deinit { close(handle) }

        func wasCalled() -> Bool {
            let caller = accept(handle, nil, nil)
            if caller >= 0 { close(caller) }
            return caller >= 0
        }
    }

    /// What stands before the message, and where its amount stands; `URL` becomes the file's or the server's.
    static let prologs: [(String, String)] = [
        ("<!DOCTYPE Document [<!ENTITY a SYSTEM \"URL\">]>", "&a;"), ("<!DOCTYPE Document SYSTEM \"URL\">", "5.00"),
        ("<!DOCTYPE Document PUBLIC \"x\" \"URL\">", "5.00"),
        ("<!DOCTYPE Document [<!ENTITY % a SYSTEM \"URL\"> %a;]>", "5.00"),
        ("<?xml-stylesheet type=\"text/xsl\" href=\"URL\"?>", "5.00"),
        ("", "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"URL\" parse=\"text\"/>"),
        ("", "5.00<a xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"urn:x URL\"/>"),
    ]

    @Test(arguments: prologs)
    func `opens no file and calls no server that a document names`(prolog: String, amount: String) throws {
        let file = try WatchedFile()
        let server = try Listener()
        for url in ["file://" + file.path, file.path, "http://127.0.0.1:\(server.port)/a.dtd"] {
            let text = (prolog + CamtTesting.notification(CamtTesting.entry(amount))).replacing("URL", with: url)
            let reading = CamtTesting.read(text)
            #expect(!reading.camtText.contains("7777"))
            #expect(reading.sum == Cents(amount == "5.00" && reading.refusal == nil ? 500 : 0))
        }
        let wasOpened = file.wasOpened()
        #expect(!wasOpened)
        let wasCalled = server.wasCalled()
        #expect(!wasCalled)
    }

    @Test func `the watch and the listener are not blind`() throws {
        let file = try WatchedFile()
        _ = try Data(contentsOf: URL(filePath: file.path))
        let wasOpened = file.wasOpened()
        #expect(wasOpened)
        let server = try Listener()
        let caller = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        defer { close(caller) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = server.port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let isConnected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(caller, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        let wasCalled = server.wasCalled()
        #expect(isConnected && wasCalled)
    }
}
