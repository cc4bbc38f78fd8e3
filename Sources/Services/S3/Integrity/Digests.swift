import Checksums
import Cloud
import Wire

// The model has enums of the same names, which hold only text.
typealias DigestAlgorithm = Checksums.ChecksumAlgorithm
typealias DigestType = Checksums.ChecksumType

/// Compares what a writer claims of a body with what was computed on its way in.
/// AWS: S3 user guide, "Checking object integrity for data uploads in Amazon S3".
struct ReceivedDigests {
  /// The algorithm that the object or part is stored with.
  let algorithm: DigestAlgorithm
  /// Its checksum.
  let checksum: [UInt8]
  let md5: [UInt8]
  /// Whether the writer named the algorithm.
  let isNamed: Bool

  /// - Throws: InvalidDigest, BadDigest or InvalidRequest.
  init(_ body: ReceivedBody, _ request: RequestFacts) throws(AWSError) {
    guard let md5 = body.digests["MD5"] else { throw .internalFailure("The body came without its MD5.") }
    self.md5 = md5
    try ReceivedDigests.checkMD5(request.header("content-md5"), md5)
    var claimed: [(DigestAlgorithm, String)] = []
    for (name, value) in request.headers where name.utf8.count > 15 {
      if let algorithm = DigestAlgorithm(headerName: name) { claimed.append((algorithm, value)) }
    }
    for (name, value) in body.trailers {
      if let algorithm = DigestAlgorithm(headerName: name) { claimed.append((algorithm, value)) }
    }
    if claimed.count > 1 {
      throw .invalidRequest(
        "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.")
    }
    if let (algorithm, value) = claimed.first {
      guard let wanted = algorithm.decode(value) else {
        throw .invalidRequest("Value for \(algorithm.headerName) header is invalid.")
      }
      guard let computed = body.digests[algorithm.rawValue] else {
        throw .internalFailure("The body came without its \(algorithm.rawValue).")
      }
      guard wanted == computed else {
        throw AWSError(
          "BadDigest", "The \(algorithm.rawValue) you specified did not match the calculated checksum.", status: 400)
      }
      self.algorithm = algorithm
      checksum = computed
      isNamed = true
      return
    }
    if request.header("x-amz-sdk-checksum-algorithm") != nil {
      throw .invalidRequest(
        "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found."
      )
    }
    algorithm = .crc64nvme
    guard let computed = body.digests[DigestAlgorithm.crc64nvme.rawValue] else {
      // A checksum was announced by x-amz-trailer and did not come.
      throw AWSError(
        "MalformedTrailerError",
        "The request contained trailing data that was not well-formed or did not conform to our published schema.",
        status: 400)
    }
    checksum = computed
    isNamed = false
  }

  private static func checkMD5(_ header: String?, _ computed: [UInt8]) throws(AWSError) {
    guard let header else { return }
    guard let wanted = Base64.decode(header), wanted.count == 16 else {
      throw AWSError(
        "InvalidDigest", "The Content-MD5 you specified was invalid.", status: 400,
        fields: [("Content-MD5", .string(header))])
    }
    guard wanted == computed else {
      throw AWSError(
        "BadDigest", "The Content-MD5 you specified did not match what we received.", status: 400,
        fields: [("ExpectedDigest", .string(header)), ("CalculatedDigest", .string(Base64.encode(computed)))])
    }
  }

  /// The checksum as an object uploaded at once keeps it.
  var stored: ObjectChecksum {
    ObjectChecksum(algorithm: algorithm, type: .fullObject, value: Base64.encode(checksum))
  }
}

/// Shapes with a member for each checksum algorithm.
protocol ChecksumMembers {
  var checksumCRC32: String? { get set }
  var checksumCRC32C: String? { get set }
  var checksumCRC64NVME: String? { get set }
  var checksumSHA1: String? { get set }
  var checksumSHA256: String? { get set }
  var checksumSHA512: String? { get set }
  var checksumMD5: String? { get set }
  var checksumXXHASH64: String? { get set }
}

extension ChecksumMembers {
  subscript(algorithm: DigestAlgorithm) -> String? {
    get {
      switch algorithm {
      case .crc32: checksumCRC32
      case .crc32c: checksumCRC32C
      case .crc64nvme: checksumCRC64NVME
      case .sha1: checksumSHA1
      case .sha256: checksumSHA256
      case .sha512: checksumSHA512
      case .md5: checksumMD5
      case .xxhash64: checksumXXHASH64
      }
    }
    set {
      switch algorithm {
      case .crc32: checksumCRC32 = newValue
      case .crc32c: checksumCRC32C = newValue
      case .crc64nvme: checksumCRC64NVME = newValue
      case .sha1: checksumSHA1 = newValue
      case .sha256: checksumSHA256 = newValue
      case .sha512: checksumSHA512 = newValue
      case .md5: checksumMD5 = newValue
      case .xxhash64: checksumXXHASH64 = newValue
      }
    }
  }

  /// The first checksum that is given.
  var given: (algorithm: DigestAlgorithm, value: String)? {
    for algorithm in DigestAlgorithm.allCases { if let value = self[algorithm] { return (algorithm, value) } }
    return nil
  }
}

/// Those of them that also say what the checksum covers.
protocol TypedChecksumMembers: ChecksumMembers {
  var checksumType: String? { get set }
}

extension TypedChecksumMembers {
  mutating func set(_ checksum: ObjectChecksum?) {
    guard let checksum else { return }
    self[checksum.algorithm] = checksum.value
    checksumType = checksum.type.rawValue
  }
}

extension PutObjectOutput: TypedChecksumMembers {}
extension GetObjectOutput: TypedChecksumMembers {}
extension HeadObjectOutput: TypedChecksumMembers {}
extension CopyObjectResult: TypedChecksumMembers {}
extension CompleteMultipartUploadOutput: TypedChecksumMembers {}
extension CompleteMultipartUploadRequest: TypedChecksumMembers {}
extension Checksum: TypedChecksumMembers {}
extension UploadPartOutput: ChecksumMembers {}
extension CopyPartResult: ChecksumMembers {}
extension CompletedPart: ChecksumMembers {}
extension Part: ChecksumMembers {}
extension ObjectPart: ChecksumMembers {}
