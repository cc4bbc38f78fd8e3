/// One part of a multipart upload as its object's checksum sees it.
public struct ChecksummedPart: Hashable, Sendable {
  /// The part's checksum, big-endian.
  public var checksum: [UInt8]
  /// The part's length in bytes.
  public var byteCount: UInt64

  /// A part with its checksum (big-endian) and its length in bytes.
  public init(checksum: [UInt8], byteCount: UInt64) {
    self.checksum = checksum
    self.byteCount = byteCount
  }
}

extension ChecksumAlgorithm {
  /// The composite checksum of a multipart object: the checksum of its parts' checksums, in base64, then `-` and the
  /// number of parts.
  public func compositeChecksum(of partChecksums: [[UInt8]]) -> String {
    var running = RunningChecksum(self)
    for checksum in partChecksums { running.update(checksum) }
    return "\(running.base64())-\(partChecksums.count)"
  }

  /// The checksum of the whole object joined from its parts' checksums, big-endian; O(parts).
  /// - Returns: nil for algorithms that can't be joined (all but the CRCs) and for checksums of a wrong length.
  public func fullObjectChecksum(of parts: [ChecksummedPart]) -> [UInt8]? {
    guard supportedTypes.contains(.fullObject), parts.allSatisfy({ $0.checksum.count == byteCount }) else { return nil }
    switch self {
    case .crc32: return bigEndianBytes(Self.join(parts, polynomial: CRC32.ieee.polynomial))
    case .crc32c: return bigEndianBytes(Self.join(parts, polynomial: CRC32.castagnoli.polynomial))
    case .crc64nvme: return bigEndianBytes(Self.join(parts, polynomial: CRC64.nvme.polynomial))
    case .sha1, .sha256, .sha512, .md5, .xxhash64: return nil
    }
  }

  /// The checksum of a multipart object as S3 writes it for `type`, or nil when this algorithm doesn't know the type.
  public func multipartChecksum(of parts: [ChecksummedPart], type: ChecksumType) -> String? {
    guard supportedTypes.contains(type) else { return nil }
    switch type {
    case .composite: return compositeChecksum(of: parts.map(\.checksum))
    case .fullObject: return fullObjectChecksum(of: parts).map { Base64.encode($0) }
    }
  }

  private static func join<Word: FixedWidthInteger & UnsignedInteger>(
    _ parts: [ChecksummedPart], polynomial: Word
  ) -> Word {
    parts.reduce(0) { whole, part in
      let check = part.checksum.reduce(Word(0)) { $0 << 8 | Word($1) }
      return CRCCombination.combine(whole, check, length: part.byteCount, polynomial: polynomial)
    }
  }
}

/// Entity tags as S3 makes them for objects that aren't encrypted with KMS keys.
public enum ObjectETag {
  /// The tag of an object uploaded at once, without quotation marks: its MD5 in hexadecimal.
  public static func single(md5: [UInt8]) -> String { Hex.encode(md5) }

  /// The tag of a multipart object, without quotation marks: the MD5 of its parts' MD5s in hexadecimal, then `-` and
  /// the number of parts.
  public static func multipart(partMD5s: [[UInt8]]) -> String {
    var running = RunningChecksum(.md5)
    for md5 in partMD5s { running.update(md5) }
    return "\(Hex.encode(running.finalize()))-\(partMD5s.count)"
  }
}
