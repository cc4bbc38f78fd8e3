/// The checksum algorithms of S3's API that are computed here; the raw value is the name in S3's model.
///
/// S3's model also names XXHASH3 and XXHASH128, which are not built.
public enum ChecksumAlgorithm: String, CaseIterable, Hashable, Sendable {
  case crc32 = "CRC32"
  case crc32c = "CRC32C"
  case crc64nvme = "CRC64NVME"
  case sha1 = "SHA1"
  case sha256 = "SHA256"
  case sha512 = "SHA512"
  case md5 = "MD5"
  case xxhash64 = "XXHASH64"

  /// The header (or trailer) that carries this checksum, in lower case: `x-amz-checksum-crc32`, ….
  public var headerName: String {
    switch self {
    case .crc32: "x-amz-checksum-crc32"
    case .crc32c: "x-amz-checksum-crc32c"
    case .crc64nvme: "x-amz-checksum-crc64nvme"
    case .sha1: "x-amz-checksum-sha1"
    case .sha256: "x-amz-checksum-sha256"
    case .sha512: "x-amz-checksum-sha512"
    case .md5: "x-amz-checksum-md5"
    case .xxhash64: "x-amz-checksum-xxhash64"
    }
  }

  /// The member that carries this checksum in S3's shapes: `ChecksumCRC32`, ….
  public var memberName: String { "Checksum" + rawValue }

  /// The algorithm whose header is `headerName`, in any case; nil for other headers.
  public init?(headerName: some StringProtocol) {
    let lowered = headerName.lowercased()
    guard let found = Self.allCases.first(where: { $0.headerName == lowered }) else { return nil }
    self = found
  }

  /// The length of a checksum in bytes.
  public var byteCount: Int {
    switch self {
    case .crc32, .crc32c: 4
    case .crc64nvme, .xxhash64: 8
    case .md5: 16
    case .sha1: 20
    case .sha256: 32
    case .sha512: 64
    }
  }

  /// The checksum of `bytes`, big-endian.
  public func checksum(of bytes: some Collection<UInt8>) -> [UInt8] {
    var running = RunningChecksum(self)
    running.update(bytes)
    return running.finalize()
  }

  /// The bytes of a checksum as written in a header, or nil when it isn't base64 of the right length.
  public func decode(_ base64: some StringProtocol) -> [UInt8]? {
    guard let bytes = Base64.decode(base64), bytes.count == byteCount else { return nil }
    return bytes
  }

  /// How the checksum of a multipart object may be made from its parts.
  ///
  /// AWS: S3 user guide, "Checking object integrity", "Full object and composite checksum types".
  public var supportedTypes: [ChecksumType] {
    switch self {
    case .crc32, .crc32c: [.composite, .fullObject]
    case .crc64nvme: [.fullObject]
    // unverified: the newer SHA512, MD5 and XXHASH64 taken to behave as the other digests that can't be combined.
    case .sha1, .sha256, .sha512, .md5, .xxhash64: [.composite]
    }
  }

  /// The type when a client doesn't name one: composite where possible.
  public var defaultType: ChecksumType { self == .crc64nvme ? .fullObject : .composite }
}

/// What a multipart object's checksum covers; the raw value is the name in S3's model.
public enum ChecksumType: String, CaseIterable, Hashable, Sendable {
  /// The checksum of the parts' checksums, written with `-N`, N being the number of parts.
  case composite = "COMPOSITE"
  /// The checksum of the whole object, as if it had been uploaded at once.
  case fullObject = "FULL_OBJECT"
}
