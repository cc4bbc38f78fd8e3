import Cloud
import Wire

/// A line of an access log.
/// AWS: S3 user guide, "Amazon S3 server access log format".
struct AccessLogLine: Sendable {
  var bucket: BucketRecord
  var key: String?
  var finished: FinishedRequest
  var time: Timestamp

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  var text: String {
    let request = finished.request
    let uri = request.query.isEmpty ? request.path : "\(request.path)?\(request.query)"
    var versionID = finished.notes.versionID
    if versionID == nil { versionID = QueryString(request.query).first("versionId") }
    let size = finished.notes.objectSize.map { "\($0)" } ?? "-"
    let sent = finished.bytesSent.flatMap { $0 == 0 ? nil : "\($0)" } ?? "-"
    let fields: [String] = [
      CanonicalUser.id(of: bucket.owner), bucket.name, date, request.sourceIP, requester, finished.requestID,
      operation, key.map { AccessLogLine.encoded($0) } ?? "-", "\"\(request.method) \(uri) HTTP/1.1\"",
      "\(finished.status)", finished.errorCode ?? "-", sent, size, "\(finished.milliseconds)",
      finished.status < 400 ? "\(finished.milliseconds)" : "-", quoted(request.header("referer")),
      quoted(request.header("user-agent")), versionID ?? "-", Codec.hostID(finished.requestID), signature,
      request.isSecure ? "TLS_AES_128_GCM_SHA256" : "-", authentication, request.host,
      request.isSecure ? "TLSv1.3" : "-", "-", "-",
    ]
    return fields.joined(separator: " ")
  }

  private var date: String {
    let parts = time.components
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "[\(two(parts.day))/\(AccessLogLine.months[parts.month - 1])/\(parts.year):\(two(parts.hour)):"
      + "\(two(parts.minute)):\(two(parts.second)) +0000]"
  }

  private var requester: String {
    guard let caller = finished.caller, caller.kind != .anonymous else { return "-" }
    if caller.kind == .root, let account = caller.account { return CanonicalUser.id(of: account) }
    return caller.arn
  }

  private var signature: String {
    guard let caller = finished.caller, caller.kind != .anonymous else { return "-" }
    return finished.request.query.contains("AWSAccessKeyId=") ? "SigV2" : "SigV4"
  }

  private var authentication: String {
    guard let caller = finished.caller, caller.kind != .anonymous else { return "-" }
    if finished.request.isForm { return "POST" }
    let query = finished.request.query
    return query.contains("X-Amz-Signature=") || query.contains("AWSAccessKeyId=") ? "QueryString" : "AuthHeader"
  }

  private func quoted(_ text: String?) -> String {
    guard let text, !text.isEmpty else { return "\"-\"" }
    return "\"\(text.replacing("\"", with: "%22"))\""
  }

  /// AWS: the key is encoded twice; what is in the path already is once.
  private static func encoded(_ key: String) -> String {
    Percent.encode(Percent.encode(key, keeping: "/"), keeping: "/")
  }

  /// `REST.PUT.OBJECT` and its like.
  private var operation: String {
    let method = finished.request.method
    if finished.isWebsite { return "WEBSITE.\(method).OBJECT" }
    if finished.request.isForm { return "REST.POST.UPLOAD" }
    guard let name = finished.operation else { return "REST.\(method).\(key == nil ? "BUCKET" : "OBJECT")" }
    if let known = AccessLogLine.names[name] { return known }
    for (part, resource) in AccessLogLine.resources where name.contains(part) { return "REST.\(method).\(resource)" }
    return "REST.\(method).\(key == nil ? "BUCKET" : "OBJECT")"
  }

  private static let names: [String: String] = [
    "CopyObject": "REST.COPY.OBJECT", "UploadPartCopy": "REST.COPY.PART", "UploadPart": "REST.PUT.PART",
    "CreateMultipartUpload": "REST.POST.UPLOADS", "CompleteMultipartUpload": "REST.POST.UPLOAD",
    "AbortMultipartUpload": "REST.DELETE.UPLOAD", "ListParts": "REST.GET.UPLOAD",
    "ListMultipartUploads": "REST.GET.UPLOADS", "DeleteObjects": "REST.POST.MULTI_OBJECT_DELETE",
    "ListObjectVersions": "REST.GET.BUCKETVERSIONS", "RestoreObject": "REST.POST.RESTORE",
    "GetObjectTagging": "REST.GET.OBJECT_TAGGING", "PutObjectTagging": "REST.PUT.OBJECT_TAGGING",
    "DeleteObjectTagging": "REST.DELETE.OBJECT_TAGGING",
  ]

  private static let resources: [(String, String)] = [
    ("BucketPolicyStatus", "POLICY_STATUS"), ("BucketPolicy", "BUCKETPOLICY"), ("Acl", "ACL"),
    ("BucketTagging", "TAGGING"), ("Versioning", "VERSIONING"), ("Cors", "CORS"), ("Lifecycle", "LIFECYCLE"),
    ("Notification", "NOTIFICATION"), ("Website", "WEBSITE"), ("Logging", "LOGGING_STATUS"),
    ("Replication", "REPLICATION"), ("Encryption", "ENCRYPTION"), ("PublicAccessBlock", "PUBLIC_ACCESS_BLOCK"),
    ("OwnershipControls", "OWNERSHIP_CONTROLS"), ("Location", "LOCATION"), ("RequestPayment", "REQUEST_PAYMENT"),
    ("ObjectLock", "OBJECT_LOCK_CONFIGURATION"), ("Retention", "RETENTION"), ("LegalHold", "LEGAL_HOLD"),
    ("Attributes", "OBJECT_ATTRIBUTES"),
  ]
}
