internal import Formats
internal import Glibc

/// The subject that SLUICE_FUZZ_FORMAT names.
private let subject: Subject = {
    let name = getenv("SLUICE_FUZZ_FORMAT").map { String(cString: $0) } ?? "recognise"
    guard let subject = Subject(named: name) else {
        print("fuzz: SLUICE_FUZZ_FORMAT is \"\(name)\"; expected one of \(Subject.names.joined(separator: ", "))")
        exit(2)
    }
    return subject
}()

/// Makes the subject, before the first input.
@c(sluice_fuzz_begin)
public func begin() { _ = subject }

/// Takes one input of the fuzzer: recognises it, reads it whole, in pieces and for its
/// totals alone, and traps where a rule is broken.
@c(sluice_fuzz)
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = UnsafeBufferPointer(start: bytes, count: count)
    let head = Array(input.prefix(Format.headSize))
    let claim = try? recognise(head, among: subject.formats)
    let accepted = claim.flatMap { subject.accepts($0) ? $0.makeReader : nil }
    guard let makeReader = accepted ?? subject.reader else { return 0 }
    var one = Cuts.whole
    let whole = Reading(input.span, makeReader(), cuts: &one)
    if let broken = whole.broken(count) { fatalError(broken) }
    var many = Cuts(of: input.span)
    let pieces = Reading(input.span, makeReader(), cuts: &many)
    guard whole == pieces else { fatalError(Reading.difference(whole, pieces)) }
    var reader = makeReader()
    reader.want(.totals)
    let totals = Reading(input.span, reader, cuts: &many).totals
    guard whole.totals == totals else { fatalError(Reading.difference(whole.totals, totals)) }
    return 0
}
