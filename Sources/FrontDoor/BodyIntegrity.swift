import Checksums
import Wire

/// Holds a collected body against the digests that its request names.
/// AWS: S3 user guide, "Checking object integrity".
enum BodyIntegrity {
  /// - Throws: InvalidDigest, BadDigest, or InvalidRequest if the operation must have a digest and none is named.
  static func check(_ body: [UInt8], of request: HTTPRequest, _ operation: OperationModel) throws(AWSError) {
    var isNamed = false
    if let text = request.first("content-md5") {
      isNamed = true
      guard let wanted = Base64.decode(text), wanted.count == 16 else {
        throw AWSError(
          "InvalidDigest", "The Content-MD5 you specified was invalid.", status: 400,
          fields: [("Content-MD5", .string(text))])
      }
      let computed = ChecksumAlgorithm.md5.checksum(of: body)
      guard computed == wanted else {
        throw AWSError(
          "BadDigest", "The Content-MD5 you specified did not match what we received.", status: 400,
          fields: [("ExpectedDigest", .string(text)), ("CalculatedDigest", .string(Base64.encode(computed)))])
      }
    }
    for header in request.headers {
      guard let algorithm = ChecksumAlgorithm(headerName: header.name) else { continue }
      isNamed = true
      guard let wanted = algorithm.decode(header.value) else {
        throw AWSError(
          "InvalidRequest", "Value for \(algorithm.headerName) header is invalid.", status: 400)
      }
      guard algorithm.checksum(of: body) == wanted else {
        throw AWSError(
          "BadDigest", "The \(algorithm.rawValue) you specified did not match the calculated checksum.", status: 400)
      }
    }
    guard isNamed || !operation.httpChecksum.isRequestChecksumRequired || body.isEmpty else {
      throw AWSError(
        "InvalidRequest", "Missing required header for this request: Content-MD5 OR x-amz-checksum-*", status: 400)
    }
  }
}
