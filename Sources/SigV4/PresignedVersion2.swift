import Crypto
import Foundation

/// A presigned URL of Signature Version 2 (`AWSAccessKeyId`, `Expires`, `Signature`), which S3 still takes and which some SDKs
/// make unless told otherwise (boto3 in us-east-1).
///
/// AWS: S3 user guide, "Signing and authenticating REST requests (AWS signature version 2)".
public struct PresignedVersion2: Hashable, Sendable {
  public var accessKeyID: String
  /// Base64, as given.
  public var signature: String
  /// When the URL ends, in seconds since 1970.
  public var expires: Int64
  /// The token of temporary credentials.
  public var securityToken: String?

  /// The query parameters that belong to the resource; the others are not signed.
  private static let resourceParameters: Set<String> = [
    "accelerate", "acl", "analytics", "cors", "defaultObjectAcl", "delete", "inventory", "lifecycle", "location",
    "logging",
    "metrics", "notification", "object-lock", "partNumber", "policy", "replication", "requestPayment",
    "response-cache-control", "response-content-disposition", "response-content-encoding", "response-content-language",
    "response-content-type", "response-expires", "restore", "select", "select-type", "storageClass", "tagging",
    "torrent",
    "uploadId", "uploads", "versionId", "versioning", "versions", "website",
  ]

  /// Reads such a URL; nothing if the request is not one.
  public init?(_ request: SignedRequest) {
    guard request.query.contains("AWSAccessKeyId=") else { return nil }
    let query = QueryParameters(request.query)
    guard let key = query["AWSAccessKeyId"], let signature = query["Signature"],
      let expires = query["Expires"].flatMap({ Int64($0) }), query["X-Amz-Algorithm"] == nil
    else { return nil }
    accessKeyID = key
    self.signature = signature
    self.expires = expires
    securityToken = query["x-amz-security-token"] ?? request.header("x-amz-security-token")
  }

  /// Verifies the signature.
  /// - Parameters:
  ///   - bucket: the bucket that the host names, in virtual-host style.
  ///   - secret: what the keeper of access keys says.
  /// - Throws: that the key is no good, the URL has run out, or the signature doesn't match.
  public func verify(
    _ request: SignedRequest, bucket: String?, secret: SecretLookup, now: SigningTime
  ) throws(AuthenticationFailure) {
    let end = SigningTime(epochSeconds: expires)
    if end < now { throw .presignedExpired(time: end, expires: 0, now: now) }
    let key: String
    switch secret {
    case .secret(let secret): key = secret
    case .unknownAccessKey: throw .unknownAccessKey(accessKeyID)
    case .inactiveAccessKey: throw .inactiveAccessKey(accessKeyID)
    case .invalidToken: throw .invalidToken(accessKeyID: accessKeyID, token: securityToken)
    case .expiredToken: throw .expiredToken(accessKeyID: accessKeyID, token: securityToken)
    }
    let text = stringToSign(request, bucket: bucket)
    let code = HMAC<Insecure.SHA1>.authenticationCode(
      for: Data(text.utf8), using: SymmetricKey(data: Data(key.utf8)))
    let computed = Array(Data(code).base64EncodedString().utf8)
    guard ByteText.equalInConstantTime(computed, signature) else {
      throw .signatureMismatch(
        .init(accessKeyID: accessKeyID, signatureProvided: signature, stringToSign: text, canonicalRequest: ""))
    }
  }

  /// What is signed: method, MD5, type, end, `x-amz-` headers, resource.
  func stringToSign(_ request: SignedRequest, bucket: String?) -> String {
    var resource: [(name: String, value: String?)] = []
    var fields: [String: String] = [:]
    for parameter in request.query.split(separator: "&") {
      let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = PercentCoding.decode(Array(parts[0].utf8)[...])
      let value = parts.count > 1 ? PercentCoding.decode(Array(parts[1].utf8)[...]) : nil
      // Signers move headers into the query, where they are still signed as headers.
      if name.lowercased().hasPrefix("x-amz-") { fields[name.lowercased()] = value ?? "" }
      if PresignedVersion2.resourceParameters.contains(name) { resource.append((name, value)) }
    }
    for header in request.headers {
      let name = header.name.lowercased()
      guard name.hasPrefix("x-amz-") else { continue }
      fields[name] = fields[name].map { $0 + "," + header.value } ?? header.value
    }
    var text =
      "\(request.method)\n\(request.header("content-md5") ?? "")\n\(request.header("content-type") ?? "")\n\(expires)\n"
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) { text += "\(name):\(value)\n" }
    text += (bucket.map { "/" + $0 } ?? "") + request.path
    let parameters = resource.sorted { $0.name < $1.name }.map { item in item.name + (item.value.map { "=" + $0 } ?? "")
    }
    if !parameters.isEmpty { text += "?" + parameters.joined(separator: "&") }
    return text
  }
}
