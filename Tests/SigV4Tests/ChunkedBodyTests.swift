import SigV4
import Testing

/// Bodies in chunks: AWS's own examples, any split, and rubbish.
@Suite("Bodies in aws-chunked form")
struct ChunkedBodyTests {
  private static let signer = RequestSigner(
    accessKeyID: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    region: "us-east-1", service: "s3")
  private static let time = SigningTime("20130524T000000Z") ?? SigningTime(epochSeconds: 0)

  private static func chunk(_ size: Int, _ signature: String) -> [UInt8] {
    let head = "\(String(size, radix: 16));chunk-signature=\(signature)\r\n"
    return Array(head.utf8) + [UInt8](repeating: 0x61, count: size) + (size > 0 ? [0x0D, 0x0A] : [])
  }

  /// S3 API reference, "Transferring payload in multiple chunks", example.
  private static let example =
    chunk(65_536, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648")
    + chunk(1024, "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497")
    + chunk(0, "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9") + [0x0D, 0x0A]

  private static func exampleDecoder(length: UInt64? = 66_560) -> ChunkedBodyDecoder {
    ChunkedBodyDecoder(
      kind: .signed,
      signing: signer.chunkSigning(
        seedSignature: "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9", at: time),
      decodedLength: length)
  }

  /// The same reference's example with a trailer.
  private static let trailerExample =
    chunk(65_536, "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2")
    + chunk(1024, "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7")
    + chunk(0, "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992")
    + Array(
      ("x-amz-checksum-crc32c:sOO8/Q==\r\n"
        + "x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n").utf8)

  private static func trailerDecoder(names: [String] = ["X-Amz-Checksum-CRC32C"]) -> ChunkedBodyDecoder {
    ChunkedBodyDecoder(
      kind: .signedTrailer,
      signing: signer.chunkSigning(
        seedSignature: "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e", at: time),
      decodedLength: 66_560, trailerNames: names)
  }

  private static func decode(_ body: [UInt8], with decoder: ChunkedBodyDecoder) throws -> [UInt8] {
    var decoder = decoder
    let decoded = try decoder.feed(body)
    try decoder.finish()
    return decoded
  }

  private static func unsigned(length: UInt64?, names: [String] = []) -> ChunkedBodyDecoder {
    ChunkedBodyDecoder(
      kind: .unsignedTrailer, signing: signer.chunkSigning(seedSignature: "", at: time), decodedLength: length,
      trailerNames: names)
  }

  @Test("the seed signature of AWS's example is the one published")
  func seed() {
    let request = SignedRequest(
      method: "PUT", path: "/examplebucket/chunkObject.txt",
      headers: [
        ("Host", "s3.amazonaws.com"), ("x-amz-date", "20130524T000000Z"),
        ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
        ("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"), ("Content-Encoding", "aws-chunked"),
        ("x-amz-decoded-content-length", "66560"), ("Content-Length", "66824"),
      ], payload: .streamed)
    let added = Self.signer.headers(signing: request, at: Self.time)
    #expect(added.last?.value.hasSuffix("4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9") == true)
    var signed = request
    signed.headers += added
    guard
      case .verified(let signature) = SignatureVerifier().verify(
        signed, now: Self.time, lookUp: { _ in .secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY") })
    else {
      Issue.record("not verified")
      return
    }
    #expect(signature.payloadCheck == .chunked(.signed))
    var decoder = signature.chunkedBodyDecoder(decodedLength: 66_560)
    #expect((try? decoder?.feed(Self.example))?.count == 66_560)
  }

  @Test("AWS's examples decode, in whatever pieces they come")
  func splits() throws {
    var random = SeededRandom(seed: 3)
    for round in 0..<60 {
      let withTrailer = round.isMultiple(of: 2)
      let body = withTrailer ? Self.trailerExample : Self.example
      var decoder = withTrailer ? Self.trailerDecoder() : Self.exampleDecoder()
      var decoded: [UInt8] = []
      var start = 0
      let longest = [1, 7, 100, 5000, 70_000][round % 5]
      while start < body.count {
        let end = min(body.count, start + Int.random(in: 1...longest, using: &random))
        decoded += try decoder.feed(Array(body[start..<end]))
        start = end
      }
      try decoder.finish()
      #expect(decoded == [UInt8](repeating: 0x61, count: 66_560))
      #expect(decoder.trailers.map { $0.value } == (withTrailer ? ["sOO8/Q=="] : []))
    }
  }

  @Test("a changed byte of payload, signature or trailer is noticed")
  func tampering() {
    for position in [5, 30, 100, 60_000, 65_700, 66_000, Self.example.count - 10] {
      var body = Self.example
      body[position] ^= 1
      #expect(throws: ChunkedBodyError.self) { try Self.decode(body, with: Self.exampleDecoder()) }
    }
    for position in [100, Self.trailerExample.count - 10, Self.trailerExample.count - 100] {
      var body = Self.trailerExample
      body[position] ^= 1
      #expect(throws: ChunkedBodyError.self) { try Self.decode(body, with: Self.trailerDecoder()) }
    }
    var body = Self.example
    body[100] ^= 1
    var decoder = Self.exampleDecoder()
    do {
      _ = try decoder.feed(body)
      Issue.record("not noticed")
    } catch {
      #expect(error.error.code == "SignatureDoesNotMatch")
      #expect(error.error.fields.first?.value == "AKIAIOSFODNN7EXAMPLE")
      #expect(error.error.fields[1].value.hasPrefix("AWS4-HMAC-SHA256-PAYLOAD\n20130524T000000Z\n"))
    }
    #expect(throws: ChunkedBodyError.self) { try decoder.finish() }
  }

  @Test("a body that ends anywhere before its end is incomplete")
  func truncation() {
    for count in [0, 1, 50, 90, 1000, 65_622, 65_625, Self.example.count - 50] {
      #expect(throws: ChunkedBodyError.malformed) {
        try Self.decode(Array(Self.example.prefix(count)), with: Self.exampleDecoder())
      }
    }
    #expect(throws: ChunkedBodyError.malformedTrailer) {
      try Self.decode(Array(Self.trailerExample.dropLast(100)), with: Self.trailerDecoder())
    }
  }

  @Test("the decoded length must be the one announced")
  func length() {
    #expect(throws: ChunkedBodyError.wrongLength(expected: 66_561, received: 66_560)) {
      try Self.decode(Self.example, with: Self.exampleDecoder(length: 66_561))
    }
    #expect(throws: ChunkedBodyError.wrongLength(expected: 66_559, received: 66_560)) {
      try Self.decode(Self.example, with: Self.exampleDecoder(length: 66_559))
    }
    #expect(ChunkedBodyError.wrongLength(expected: 1, received: 2).error.code == "IncompleteBody")
  }

  @Test("only the last chunk may be shorter than 8192 bytes")
  func smallChunk() {
    let body = Array("3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n".utf8)
    #expect(throws: ChunkedBodyError.chunkTooSmall(chunk: 2, byteCount: 3)) {
      try Self.decode(body, with: Self.unsigned(length: 5))
    }
    let error = ChunkedBodyError.chunkTooSmall(chunk: 2, byteCount: 3).error
    #expect(error.code == "InvalidChunkSizeError")
    #expect(error.message == "Only the last chunk is allowed to have a size less than 8192 bytes")
    #expect(error.fields == [.init(name: "Chunk", value: "2"), .init(name: "BadChunkSize", value: "3")])
  }

  @Test("unsigned chunks with trailers")
  func unsignedTrailers() throws {
    var decoder = Self.unsigned(length: 5, names: ["x-amz-checksum-crc32"])
    let decoded = try decoder.feed(Array("5\r\nhello\r\n0\r\nx-amz-checksum-crc32: NhCmhg== \r\n\r\n".utf8))
    try decoder.finish()
    #expect(decoded == Array("hello".utf8))
    #expect(decoder.trailers.map { $0.name } == ["x-amz-checksum-crc32"])
    #expect(decoder.trailers.map { $0.value } == ["NhCmhg=="])
    #expect(decoder.decodedCount == 5)
  }

  @Test(
    "trailers that are missing, not announced, doubled or unreadable",
    arguments: ["", "x-amz-checksum-crc32c:AAAA\r\n", "x-amz-checksum-crc32\r\n", "a:b\r\na:b\r\n"])
  func badTrailers(trailers: String) {
    #expect(throws: ChunkedBodyError.malformedTrailer) {
      try Self.decode(
        Array("5\r\nhello\r\n0\r\n\(trailers)\r\n".utf8),
        with: Self.unsigned(length: 5, names: ["x-amz-checksum-crc32"]))
    }
  }

  @Test(
    "broken framing",
    arguments: [
      "g\r\n", "\r\n", "5\nhello\r\n0\r\n\r\n", "5\r\nhelloX\r\n0\r\n\r\n", "11111111111111111\r\n", "-1\r\n",
      "0x5\r\n",
      "5\r\nhello0\r\n\r\n", "0\r\n\r\nmore", "ffffffffffffffff\r\nx",
    ])
  func framing(body: String) {
    #expect(throws: ChunkedBodyError.malformed) {
      try Self.decode(Array(body.utf8), with: Self.unsigned(length: nil))
    }
  }

  @Test("a line that never ends is given up")
  func endlessLine() {
    var decoder = Self.unsigned(length: nil)
    #expect(throws: ChunkedBodyError.malformed) {
      for _ in 0..<10_000 { _ = try decoder.feed(Array("1;aaaaaaaaaaaaaaaa".utf8)) }
    }
  }

  @Test("rubbish and mutilated bodies neither trap nor pass, and give the same in any split")
  func fuzz() {
    var random = SeededRandom(seed: 99)
    let valid =
      Array("2000\r\n".utf8) + [UInt8](repeating: 0x62, count: 8192) + Array("\r\n5\r\nhello\r\n0\r\na:b\r\n\r\n".utf8)
    let alphabet = Array("0123456789abcdef;:\r\n \u{0}chunk-signature=".utf8)
    for round in 0..<3000 {
      var body = valid
      if round.isMultiple(of: 3) {
        body = (0..<Int.random(in: 0...60, using: &random)).map { _ in
          alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
        }
      } else {
        for _ in 0..<Int.random(in: 1...3, using: &random) {
          // The framing, not the eight thousand bytes between.
          let spot = Int.random(in: 0..<40, using: &random)
          let position = spot < 6 ? spot : min(body.count - 1, 8192 + spot)
          switch Int.random(in: 0..<3, using: &random) {
          case 0: body[position] = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
          case 1: body.remove(at: position)
          default: body.insert(alphabet[Int.random(in: 0..<alphabet.count, using: &random)], at: position)
          }
        }
      }
      let kind = ChunkedBodyKind.allCases[round % 3]
      let fresh = ChunkedBodyDecoder(
        kind: kind, signing: Self.signer.chunkSigning(seedSignature: "00", at: Self.time), decodedLength: 8197,
        trailerNames: ["a"])
      let whole = Result { try Self.decode(body, with: fresh) }
      let pieces = Result {
        var decoder = fresh
        var decoded: [UInt8] = []
        var start = 0
        while start < body.count {
          let end = min(body.count, start + Int.random(in: 1...300, using: &random))
          decoded += try decoder.feed(Array(body[start..<end]))
          start = end
        }
        try decoder.finish()
        return decoded
      }
      switch (whole, pieces) {
      case (.success(let first), .success(let second)): #expect(first == second && first.count == 8197)
      case (.failure(let first), .failure(let second)):
        #expect(first as? ChunkedBodyError == second as? ChunkedBodyError)
      default: Issue.record("splitting changed the outcome of round \(round)")
      }
      if kind.isSigned, case .success = whole { Issue.record("a forged body passed in round \(round)") }
    }
  }
}
