import Checksums
import Testing

/// 1000 bytes that zlib, OpenSSL and a bit-by-bit CRC have been run over.
private let sample = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7 + 3) }

@Suite("Checksums of S3's API")
struct ChecksumTests {
  @Test(
    "the published check value of each algorithm",
    arguments: [
      (ChecksumAlgorithm.crc32, "123456789", "cbf43926"),
      (.crc32c, "123456789", "e3069283"),
      (.crc64nvme, "123456789", "ae8b14860a799888"),
      (.sha1, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
      (.sha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (.md5, "abc", "900150983cd24fb0d6963f7d28e17f72"),
      (.xxhash64, "abc", "44bc2cf5ad770999"),
      (.crc32, "", "00000000"),
      (.crc64nvme, "", "0000000000000000"),
      (.sha256, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      (.md5, "", "d41d8cd98f00b204e9800998ecf8427e"),
      (.xxhash64, "", "ef46db3751d8e999"),
    ])
  func published(algorithm: ChecksumAlgorithm, text: String, hex: String) {
    #expect(Hex.encode(algorithm.checksum(of: Array(text.utf8))) == hex)
  }

  @Test(
    "a thousand bytes, against other implementations",
    arguments: [
      (ChecksumAlgorithm.crc32, "17bc2a46"),
      (.crc32c, "dd2edff7"),
      (.crc64nvme, "387e868bd14debed"),
      (.sha1, "4231a8a50a10fa9758db8ec71fdef855b751048a"),
      (.sha256, "1e9bc38cbf860b9ec31918b065f9b52476c549a782e0e7990bed8ce3868d2371"),
      (
        .sha512,
        "00e36fccf193e59697a92b5ab24666ce6326d7fa16bf10832d0991ddc591112e"
          + "9dfa6a636950ed9c4d67344a760654c2ff7785e1d60094d651038735b5dccabd"
      ),
      (.md5, "10046f077f2082ac19676b8079f1cb1a"),
      (.xxhash64, "5f235fa033f1a3fb"),
    ])
  func thousandBytes(algorithm: ChecksumAlgorithm, hex: String) {
    let checksum = algorithm.checksum(of: sample)
    #expect(Hex.encode(checksum) == hex)
    #expect(checksum.count == algorithm.byteCount)
    #expect(algorithm.decode(Base64.encode(checksum)) == checksum)
  }

  @Test("the result doesn't depend on how the bytes are split", arguments: ChecksumAlgorithm.allCases)
  func splits(algorithm: ChecksumAlgorithm) {
    let whole = algorithm.checksum(of: sample)
    var random = SeededRandom(seed: 42)
    for _ in 0..<200 {
      var running = RunningChecksum(algorithm)
      var start = 0
      while start < sample.count {
        let end = min(sample.count, start + Int.random(in: 0...70, using: &random))
        running.update(sample[start..<end])
        start = end
      }
      #expect(running.finalize() == whole)
      #expect(running.byteCount == 1000)
    }
  }

  @Test(
    "a copy goes on independently, and the end may be asked for more than once", arguments: ChecksumAlgorithm.allCases)
  func copies(algorithm: ChecksumAlgorithm) {
    var first = RunningChecksum(algorithm)
    first.update(sample[..<500])
    var second = first
    first.update(sample[500...])
    second.update([1, 2, 3])
    #expect(first.finalize() == algorithm.checksum(of: sample))
    #expect(first.finalize() == first.finalize())
    #expect(second.finalize() == algorithm.checksum(of: sample[..<500] + [1, 2, 3]))
  }

  @Test("a header names its algorithm in any case", arguments: ChecksumAlgorithm.allCases)
  func headers(algorithm: ChecksumAlgorithm) {
    #expect(ChecksumAlgorithm(headerName: algorithm.headerName) == algorithm)
    #expect(ChecksumAlgorithm(headerName: algorithm.headerName.uppercased()) == algorithm)
    #expect(ChecksumAlgorithm(rawValue: algorithm.rawValue) == algorithm)
    #expect(algorithm.supportedTypes.contains(algorithm.defaultType))
  }

  @Test("a checksum of the wrong length or that isn't base64 is refused")
  func malformed() {
    #expect(ChecksumAlgorithm.crc32.decode("y/Q5Jg==") == [0xCB, 0xF4, 0x39, 0x26])
    #expect(ChecksumAlgorithm.crc32.decode("y/Q5JgA=") == nil)
    #expect(ChecksumAlgorithm.crc32.decode("y/Q5Jg") == nil)
    #expect(ChecksumAlgorithm.crc32.decode("") == nil)
    #expect(ChecksumAlgorithm(headerName: "x-amz-checksum-type") == nil)
  }
}

@Suite("Checksums of multipart objects")
struct MultipartChecksumTests {
  @Test("CRCs of parts join to the CRC of the object", arguments: [ChecksumAlgorithm.crc32, .crc32c, .crc64nvme])
  func join(algorithm: ChecksumAlgorithm) {
    var random = SeededRandom(seed: 7)
    for _ in 0..<100 {
      var whole: [UInt8] = []
      var parts: [ChecksummedPart] = []
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        let part = (0..<Int.random(in: 0...3000, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        whole += part
        parts.append(ChecksummedPart(checksum: algorithm.checksum(of: part), byteCount: UInt64(part.count)))
      }
      #expect(algorithm.fullObjectChecksum(of: parts) == algorithm.checksum(of: whole))
    }
  }

  @Test("joining counts lengths past 32 bits")
  func longParts() {
    // 2^33 zero bytes, joined by doubling, must equal one part of that length.
    var zeros = ChecksummedPart(checksum: ChecksumAlgorithm.crc32c.checksum(of: [0]), byteCount: 1)
    for _ in 0..<33 {
      let joined = ChecksumAlgorithm.crc32c.fullObjectChecksum(of: [zeros, zeros])
      zeros = ChecksummedPart(checksum: joined ?? [], byteCount: zeros.byteCount * 2)
    }
    let one = ChecksummedPart(checksum: ChecksumAlgorithm.crc32c.checksum(of: [1]), byteCount: 1)
    var expected = [one]
    // The same length again in unequal pieces.
    var half = ChecksummedPart(checksum: ChecksumAlgorithm.crc32c.checksum(of: [0]), byteCount: 1)
    for _ in 0..<32 {
      let joined = ChecksumAlgorithm.crc32c.fullObjectChecksum(of: [half, half])
      expected.append(half)
      half = ChecksummedPart(checksum: joined ?? [], byteCount: half.byteCount * 2)
    }
    expected += [half, ChecksummedPart(checksum: ChecksumAlgorithm.crc32c.checksum(of: [0]), byteCount: 1)]
    #expect(
      ChecksumAlgorithm.crc32c.fullObjectChecksum(of: [one, zeros])
        == ChecksumAlgorithm.crc32c.fullObjectChecksum(of: expected))
  }

  @Test("digests can't be joined, CRC64NVME can't be composite")
  func unsupported() {
    let part = ChecksummedPart(checksum: ChecksumAlgorithm.sha256.checksum(of: [1]), byteCount: 1)
    #expect(ChecksumAlgorithm.sha256.fullObjectChecksum(of: [part]) == nil)
    #expect(ChecksumAlgorithm.crc32.fullObjectChecksum(of: [part]) == nil)
    #expect(ChecksumAlgorithm.crc64nvme.multipartChecksum(of: [], type: .composite) == nil)
  }

  @Test("a composite checksum is the checksum of checksums and the number of parts")
  func composite() {
    let parts = [[UInt8]("hello".utf8), Array("world".utf8)].map { ChecksumAlgorithm.sha256.checksum(of: $0) }
    let expected = Base64.encode(ChecksumAlgorithm.sha256.checksum(of: parts[0] + parts[1])) + "-2"
    #expect(ChecksumAlgorithm.sha256.compositeChecksum(of: parts) == expected)
  }

  @Test("the entity tag of a multipart object is the MD5 of MD5s and the number of parts")
  func entityTag() {
    let part = ChecksumAlgorithm.md5.checksum(of: [UInt8](repeating: 0x61, count: 5 << 20))
    #expect(ObjectETag.single(md5: part) == "79b281060d337b9b2b84ccf390adcf74")
    #expect(ObjectETag.multipart(partMD5s: [part, part]) == "daebcb5e72f14b690c18018c9f92af05-2")
  }
}
