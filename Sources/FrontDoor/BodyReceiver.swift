import Checksums
import Cloud
import Wire

/// Takes a streamed body in: into a blob, and through every digest that somebody will ask for.
struct BodyReceiver {
  private let blob: BlobWriter
  private var digests: [RunningChecksum]

  /// - Parameters:
  ///   - account: who owns the blob until a handler adopts it.
  ///   - key: encrypts the blob.
  init(_ request: HTTPRequest, into blobs: Blobs, for account: AccountID, key: BlobKey? = nil) {
    self.init(BodyReceiver.algorithms(for: request.headers), into: blobs, for: account, key: key)
  }

  /// - Parameter algorithms: the digests that are wanted.
  init(_ algorithms: [ChecksumAlgorithm], into blobs: Blobs, for account: AccountID, key: BlobKey? = nil) {
    blob = blobs.create(for: account, key: key)
    digests = algorithms.map { RunningChecksum($0) }
  }

  /// Bytes taken in so far.
  var size: Int64 { blob.size }

  /// The digests that a request's headers name, and those that are always needed: MD5 for the entity tag, and CRC64NVME
  /// when the client names no checksum. AWS: S3 user guide, "Checking object integrity".
  static func algorithms(for headers: [(name: String, value: String)]) -> [ChecksumAlgorithm] {
    var result: [ChecksumAlgorithm] = [.md5]
    var isNamed = false
    func add(_ algorithm: ChecksumAlgorithm) { if !result.contains(algorithm) { result.append(algorithm) } }
    for header in headers {
      let name = header.name.lowercased()
      guard name.hasPrefix("x-amz-") else { continue }
      switch name {
      case "x-amz-content-sha256":
        if header.value.utf8.count == 64 { add(.sha256) }
      case "x-amz-sdk-checksum-algorithm", "x-amz-checksum-algorithm":
        guard let algorithm = ChecksumAlgorithm(rawValue: header.value.uppercased()) else { continue }
        isNamed = true
        add(algorithm)
      case "x-amz-trailer":
        for trailer in header.value.split(separator: ",") {
          guard let algorithm = ChecksumAlgorithm(headerName: trailer.trimmingSpaces.lowercased()) else { continue }
          isNamed = true
          add(algorithm)
        }
      default:
        guard let algorithm = ChecksumAlgorithm(headerName: name) else { continue }
        isNamed = true
        add(algorithm)
      }
    }
    if !isNamed { add(.crc64nvme) }
    return result
  }

  /// Takes bytes in.
  mutating func receive(_ bytes: UnsafeRawBufferPointer) throws(AWSError) {
    for index in digests.indices { digests[index].update(bytes) }
    try blob.write(bytes)
  }

  /// Ends the body.
  func finish(trailers: [String: String]) throws(AWSError) -> ReceivedBody {
    try blob.finish()
    let values = digests.map { ($0.algorithm.rawValue, $0.finalize()) }
    return ReceivedBody(
      blob: blob, size: blob.size, digests: Dictionary(values, uniquingKeysWith: { first, _ in first }),
      trailers: trailers)
  }
}

extension StringProtocol {
  /// Without the spaces and tabs at both ends.
  var trimmingSpaces: String {
    var rest = Substring(self)
    while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
    while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
    return String(rest)
  }
}
