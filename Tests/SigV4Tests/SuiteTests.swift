import Foundation
import SigV4
import Testing

/// AWS's own test suite for Signature Version 4 (`Tests/Corpora/sigv4`), whose constants are the ones below.
@Suite("AWS's Signature Version 4 test suite")
struct SuiteTests {
  static let time = SigningTime("20150830T123600Z") ?? SigningTime(epochSeconds: 0)
  static let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
  static let signer = RequestSigner(
    accessKeyID: "AKIDEXAMPLE", secretAccessKey: secret, region: "us-east-1", service: "service")

  /// The folders of the suite that hold a request.
  static let cases: [String] = {
    let files = FileManager.default.enumerator(atPath: corpus.path)?.compactMap { $0 as? String } ?? []
    return files.filter { $0.hasSuffix(".req") }.map { String($0.dropLast(4)) }.sorted()
  }()

  private static let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Corpora/sigv4")

  private static let tokenPrefix = "X-Amz-Security-Token:"

  private static func text(_ name: String, _ kind: String) throws -> String {
    try String(decoding: Data(contentsOf: corpus.appendingPathComponent("\(name).\(kind)")), as: UTF8.self)
      .replacingOccurrences(of: "\r\n", with: "\n")
  }

  private static func request(_ name: String) throws -> SignedRequest {
    let parts = try text(name, "req").components(separatedBy: "\n\n")
    var lines = parts[0].components(separatedBy: "\n").filter { !$0.isEmpty }
    let words = lines.removeFirst().components(separatedBy: " ")
    let target = words[1..<(words.count - 1)].joined(separator: " ")
    let question = target.firstIndex(of: "?")
    var request = SignedRequest(
      method: words[0], path: String(target[..<(question ?? target.endIndex)]),
      query: question.map { String(target[target.index(after: $0)...]) } ?? "", headers: [],
      payload: .bytes(Array(parts.dropFirst().joined(separator: "\n\n").utf8)))
    for line in lines {
      if line.hasPrefix(" "), let last = request.headers.popLast() {
        request.headers.append((last.name, last.value + "\n" + line))
      } else {
        let colon = line.firstIndex(of: ":") ?? line.endIndex
        request.headers.append((String(line[..<colon]), String(line[colon...].dropFirst())))
      }
    }
    // This case signs with temporary credentials; its token stands in the signed request only.
    if name.hasSuffix("get-vanilla-with-session-token"),
      let line = try text(name, "sreq").components(separatedBy: "\n").first(where: { $0.hasPrefix(tokenPrefix) })
    {
      request.headers.append(("X-Amz-Security-Token", String(line.dropFirst(tokenPrefix.count))))
    }
    return request
  }

  @Test("the suite is there, whole")
  func complete() { #expect(Self.cases.count >= 31) }

  @Test("canonical request, string to sign and header are the suite's", arguments: cases)
  func steps(name: String) throws {
    let request = try Self.request(name)
    let trace = Self.signer.trace(request)
    #expect(trace.canonicalRequest == (try Self.text(name, "creq")))
    #expect(trace.stringToSign == (try Self.text(name, "sts")))
    let authorization = Self.signer.headers(signing: request, at: Self.time).last
    #expect(authorization?.value == (try Self.text(name, "authz")))
  }

  @Test("the suite's signed requests verify, and no longer do once anything is changed", arguments: cases)
  func verify(name: String) throws {
    var request = try Self.request(name)
    request.headers.append(("Authorization", try Self.text(name, "authz")))
    let verifier = SignatureVerifier()
    func isVerified(_ request: SignedRequest, secret: String = Self.secret) -> Bool {
      let outcome = verifier.verify(request, now: Self.time) { presented in
        presented.accessKeyID == "AKIDEXAMPLE" ? .secret(secret) : .unknownAccessKey
      }
      if case .verified(let signature) = outcome { return signature.authorization.scope.region == "us-east-1" }
      return false
    }
    #expect(isVerified(request))
    #expect(!isVerified(request, secret: "another"))
    var changed = request
    changed.method = "DELETE"
    #expect(!isVerified(changed))
    changed = request
    changed.path += "x"
    #expect(!isVerified(changed))
    changed = request
    changed.query += changed.query.isEmpty ? "a=b" : "&a=b"
    #expect(!isVerified(changed))
    changed = request
    changed.payload = .bytes([1])
    #expect(!isVerified(changed))
    changed = request
    changed.headers[0].value += "x"
    #expect(!isVerified(changed))
  }
}
