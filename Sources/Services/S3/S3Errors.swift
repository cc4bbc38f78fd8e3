import Cloud
import Wire

/// S3's errors, in its words.
/// AWS: S3 API reference, "Error responses"; texts as quoted in the SDKs' and tools' issues.
extension AWSError {
  static func noSuchBucket(_ name: String) -> AWSError {
    AWSError(
      "NoSuchBucket", "The specified bucket does not exist", status: 404, fields: [("BucketName", .string(name))])
  }

  static func noSuchKey(_ key: String) -> AWSError {
    AWSError("NoSuchKey", "The specified key does not exist.", status: 404, fields: [("Key", .string(key))])
  }

  static func noSuchVersion(_ key: String, _ version: String) -> AWSError {
    AWSError(
      "NoSuchVersion", "The specified version does not exist.", status: 404,
      fields: [("Key", .string(key)), ("VersionId", .string(version))])
  }

  static func noSuchUpload(_ id: String) -> AWSError {
    AWSError(
      "NoSuchUpload",
      "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
      status: 404, fields: [("UploadId", .string(id))])
  }

  static func invalidArgument(_ message: String, _ name: String, _ value: String) -> AWSError {
    AWSError(
      "InvalidArgument", message, status: 400,
      fields: [("ArgumentName", .string(name)), ("ArgumentValue", .string(value))])
  }

  static func invalidRequest(_ message: String) -> AWSError { AWSError("InvalidRequest", message, status: 400) }

  static func malformedXML() -> AWSError {
    AWSError(
      "MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema",
      status: 400)
  }

  static func accessDenied(_ message: String = "Access Denied") -> AWSError {
    AWSError("AccessDenied", message, status: 403)
  }

  static func preconditionFailed(_ condition: String) -> AWSError {
    AWSError(
      "PreconditionFailed", "At least one of the pre-conditions you specified did not hold", status: 412,
      fields: [("Condition", .string(condition))])
  }

  /// A conditional read of what hasn't changed: an answer without a body.
  static func notModified(_ object: ObjectRecord) -> AWSError {
    AWSError(
      "NotModified", "", status: 304,
      headers: [("ETag", object.quotedETag), ("Last-Modified", object.modified.httpDate)])
  }

  static func aclNotSupported() -> AWSError {
    AWSError("AccessControlListNotSupported", "The bucket does not allow ACLs", status: 400)
  }

  /// A header that asks for what isn't built here.
  static func headerNotBuilt(_ header: String, _ what: String) -> AWSError {
    AWSError(
      "NotImplemented",
      "A header you provided implies functionality that is not implemented: \(what) is not built in Hakoniwa; "
        + "docs/s3.md lists what is.",
      status: 501, fault: .receiver, fields: [("Header", .string(header))])
  }

  /// A deleted object's newest version is a marker.
  static func deleteMarker(_ key: String, _ version: String) -> AWSError {
    var error = AWSError.noSuchKey(key)
    error.headers = [("x-amz-delete-marker", "true"), ("x-amz-version-id", version)].map { (name: $0.0, value: $0.1) }
    return error
  }

  /// A delete marker that was asked for by its version: nothing can be read of it.
  static func deleteMarkerHasNoMethods(_ marker: ObjectRecord, method: String) -> AWSError {
    AWSError(
      "MethodNotAllowed", "The specified method is not allowed against this resource.", status: 405,
      fields: [("Method", .string(method)), ("ResourceType", .string("DeleteMarker"))],
      headers: [
        ("x-amz-delete-marker", "true"), ("x-amz-version-id", marker.shownVersionID),
        ("Last-Modified", marker.modified.httpDate), ("Allow", "DELETE"),
      ])
  }
}
