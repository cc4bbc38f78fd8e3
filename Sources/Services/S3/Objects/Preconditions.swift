import Cloud
import Wire

/// The conditions of a read or of the source of a copy.
///
/// AWS: GetObject, "If both of the If-Match and If-Unmodified-Since headers are present …": an entity tag's verdict stands,
/// and the date beside it isn't looked at.
struct ReadConditions: Sendable {
  /// What the conditions say.
  enum Verdict: Sendable, Equatable {
    case met
    case notModified
    case failed(String)
  }

  var ifMatch: String?
  var ifNoneMatch: String?
  var ifModifiedSince: Timestamp?
  var ifUnmodifiedSince: Timestamp?

  /// - Parameters:
  ///   - etag: the object's, without quotation marks.
  ///   - prefix: put in front of a failed condition's name (`x-amz-copy-source-`).
  func verdict(etag: String, modified: Timestamp, now: Timestamp, prefix: String = "") -> Verdict {
    // HTTP dates have no fractions of seconds.
    let modified = modified.wholeSeconds
    if let ifMatch {
      if !ETagList.contains(ifMatch, etag) { return .failed(prefix.isEmpty ? "If-Match" : prefix + "If-Match") }
    } else if let since = ifUnmodifiedSince, modified > since {
      return .failed(prefix.isEmpty ? "If-Unmodified-Since" : prefix + "If-Unmodified-Since")
    }
    if let ifNoneMatch {
      if ETagList.contains(ifNoneMatch, etag) { return .notModified }
    } else if let since = ifModifiedSince, since <= now, modified <= since {
      return .notModified
    }
    return .met
  }
}

/// The entity tags of an `If-Match` or `If-None-Match` header.
enum ETagList {
  static func contains(_ header: String, _ etag: String) -> Bool {
    for part in header.split(separator: ",") {
      let tag = unquoted(String(part))
      if tag == "*" || tag == etag { return true }
    }
    return false
  }

  /// An entity tag without spaces, weakness and quotation marks.
  static func unquoted(_ text: String) -> String {
    var rest = Substring(text)
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    if rest.hasPrefix("W/") { rest = rest.dropFirst(2) }
    if rest.count >= 2, rest.first == "\"", rest.last == "\"" { rest = rest.dropFirst().dropLast() }
    return String(rest)
  }
}

/// The conditions of a write.
/// AWS: S3 user guide, "Add preconditions to S3 operations with conditional requests".
struct WriteConditions: Sendable {
  var ifMatch: String?
  var ifNoneMatch: String?

  /// - Parameter existing: the entity tag of the object that is there.
  func check(existing: String?, key: String) throws(AWSError) {
    if ifMatch != nil, ifNoneMatch != nil {
      throw .headerNotBuilt("If-Match", "If-Match together with If-None-Match")
    }
    if let ifNoneMatch {
      guard ETagList.unquoted(ifNoneMatch) == "*" else {
        throw AWSError(
          "NotImplemented", "A header you provided implies functionality that is not implemented", status: 501,
          fields: [("Header", .string("If-None-Match"))])
      }
      if existing != nil { throw .preconditionFailed("If-None-Match") }
    }
    if let ifMatch {
      guard let existing else { throw .noSuchKey(key) }
      if !ETagList.contains(ifMatch, existing) { throw .preconditionFailed("If-Match") }
    }
  }
}
