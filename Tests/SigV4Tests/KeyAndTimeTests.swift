import SigV4
import Testing

@Suite("Signing keys, times and rubbish")
struct KeyAndTimeTests {
  private static let scope = CredentialScope(date: "20150830", region: "us-east-1", service: "iam")

  @Test("the cache stays within its bounds and keeps what is in use")
  func cache() {
    let cache = SigningKeyCache(capacity: 10)
    let message = Array("message".utf8)
    let first = cache.key(accessKeyID: "first", secret: "s", scope: Self.scope).signature(of: message)
    for index in 0..<200 {
      _ = cache.key(accessKeyID: "key\(index)", secret: "s\(index)", scope: Self.scope)
      #expect(cache.count <= 10)
      #expect(cache.key(accessKeyID: "first", secret: "s", scope: Self.scope).signature(of: message) == first)
    }
    cache.removeAll()
    #expect(cache.count == 0)
  }

  @Test("a new secret for an old key isn't answered from the cache")
  func newSecret() {
    let cache = SigningKeyCache()
    let message = Array("message".utf8)
    let old = cache.key(accessKeyID: "a", secret: "old", scope: Self.scope).signature(of: message)
    let new = cache.key(accessKeyID: "a", secret: "new", scope: Self.scope).signature(of: message)
    #expect(old != new)
    #expect(
      new == SigningKey(secret: "new", date: "20150830", region: "us-east-1", service: "iam").signature(of: message))
    #expect(cache.count == 1)
  }

  @Test("day, region and service each make another key")
  func scopes() {
    let cache = SigningKeyCache()
    let scopes = [
      Self.scope, CredentialScope(date: "20150831", region: "us-east-1", service: "iam"),
      CredentialScope(date: "20150830", region: "us-east-2", service: "iam"),
      CredentialScope(date: "20150830", region: "us-east-1", service: "sts"),
    ]
    let signatures = scopes.map { cache.key(accessKeyID: "a", secret: "s", scope: $0).signature(of: [1]) }
    #expect(Set(signatures).count == 4)
  }

  @Test("the signature of AWS's derivation example")
  func derivation() {
    // AWS general reference, "Examples of how to derive a signing key": the last steps of the ListUsers example.
    let key = SigningKey(
      secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", date: "20150830", region: "us-east-1", service: "iam")
    let stringToSign =
      "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/aws4_request\n"
      + "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59"
    #expect(
      key.signature(of: stringToSign.utf8) == "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7")
  }

  @Test(
    "times in every form",
    arguments: [
      ("20150830T123600Z", 1_440_938_160), ("2015-08-30T12:36:00Z", 1_440_938_160),
      ("2015-08-30T12:36:00.123Z", 1_440_938_160), ("Sun, 30 Aug 2015 12:36:00 GMT", 1_440_938_160),
      ("19700101T000000Z", 0), ("20000229T235959Z", 951_868_799), ("19691231T235959Z", -1),
      ("20260228T000000Z", 1_772_236_800),
    ] as [(String, Int64)])
  func times(text: String, seconds: Int64) {
    #expect(SigningTime(text)?.epochSeconds == seconds)
    #expect(SigningTime(SigningTime(epochSeconds: seconds).basicText)?.epochSeconds == seconds)
    #expect(SigningTime(SigningTime(epochSeconds: seconds).extendedText)?.epochSeconds == seconds)
  }

  @Test("every day survives being written and read")
  func days() {
    for day in stride(from: Int64(-20_000), to: 60_000, by: 1) {
      let time = SigningTime(epochSeconds: day * 86_400 + 3_723)
      #expect(SigningTime(time.basicText) == time)
      #expect(time.basicText.hasSuffix("T010203Z"))
    }
  }

  @Test(
    "what isn't a time",
    arguments: [
      "", "20150830", "20150230T000000Z", "20151330T000000Z", "20150830T240000Z", "2015083AT123600Z", "yesterday",
    ])
  func noTimes(text: String) {
    #expect(SigningTime(text) == nil)
  }

  @Test("rubbish in the header and the query never traps and never passes")
  func fuzz() {
    var random = SeededRandom(seed: 5)
    let verifier = SignatureVerifier()
    let header = BotocoreTests.json.headers[4].value
    let query = BotocoreTests.presigned.query
    let alphabet = Array("AWS4-HMAC-SHA256 Credential=/,;&%20=\u{E9}\"\r\n\t0".unicodeScalars)
    func mutate(_ text: String) -> String {
      var scalars = Array(text.unicodeScalars)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let position = Int.random(in: 0..<scalars.count, using: &random)
        let scalar = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
        switch Int.random(in: 0..<4, using: &random) {
        case 0: scalars[position] = scalar
        case 1: scalars.insert(scalar, at: position)
        case 2: scalars.remove(at: position)
        default: scalars.removeSubrange(position..<min(scalars.count, position + 20))
        }
        if scalars.isEmpty { scalars = [scalar] }
      }
      var result = String.UnicodeScalarView()
      result.append(contentsOf: scalars)
      return String(result)
    }
    for _ in 0..<4000 {
      var request = BotocoreTests.json
      request.headers[4].value = mutate(header)
      if case .verified(let signature) = verifier.verify(
        request, now: BotocoreTests.time, lookUp: BotocoreTests.lookUp)
      {
        // White space, doubled words and unknown words don't change what is signed.
        #expect(signature.authorization.signature.count == 64)
        #expect(signature.authorization.scope.text == "20261125/eu-west-1/dynamodb/aws4_request")
      }
      var presigned = BotocoreTests.presigned
      presigned.query = mutate(query)
      if case .verified(let signature) = verifier.verify(
        presigned, now: BotocoreTests.time, lookUp: BotocoreTests.lookUp)
      {
        #expect(signature.authorization.scope.text == "20261125/eu-west-1/s3/aws4_request")
      }
      for family in ProtocolFamily.allCases {
        if case .refused(let failure) = verifier.verify(
          request, now: BotocoreTests.time, lookUp: BotocoreTests.lookUp)
        {
          let error = failure.error(for: family)
          #expect(!error.code.isEmpty && !error.message.isEmpty && (400...403).contains(error.status))
        }
      }
    }
  }
}

/// A small deterministic generator (SplitMix64), so that a failing case can be run again.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
