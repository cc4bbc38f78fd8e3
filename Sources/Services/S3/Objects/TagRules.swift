import Cloud
import Wire

/// What tags may be.
/// AWS: S3 user guide, "Categorizing your objects using tags"; "Using tags with S3 general purpose buckets".
enum TagRules {
  static let objectLimit = 10
  static let bucketLimit = 50

  static func check(_ tags: [TagPair], limit: Int) throws(AWSError) {
    var seen: Set<String> = []
    for tag in tags {
      guard (1...128).contains(tag.key.unicodeScalars.count), isAllowed(tag.key) else {
        throw invalid("The TagKey you have provided is invalid", tag.key)
      }
      guard tag.value.unicodeScalars.count <= 256, isAllowed(tag.value) else {
        throw invalid("The TagValue you have provided is invalid", tag.key)
      }
      if tag.key.hasPrefix("aws:") { throw invalid("System tags cannot be added/updated by requester", tag.key) }
      guard seen.insert(tag.key).inserted else {
        throw invalid("Cannot provide multiple Tags with the same key", tag.key)
      }
    }
    if tags.count > limit {
      throw AWSError(
        "BadRequest", "\(limit == bucketLimit ? "Bucket tag count" : "Object tags") cannot be greater than \(limit)",
        status: 400)
    }
  }

  /// Reads `x-amz-tagging`: a query string.
  static func parse(header: String?) throws(AWSError) -> [TagPair] {
    guard let header, !header.isEmpty else { return [] }
    var tags: [TagPair] = []
    for pair in header.split(separator: "&", omittingEmptySubsequences: true) {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let tag = TagPair(
        key: Percent.decode(String(parts[0]), plusIsSpace: true),
        value: parts.count > 1 ? Percent.decode(String(parts[1]), plusIsSpace: true) : "")
      if tag.key.isEmpty || tags.contains(where: { $0.key == tag.key }) {
        throw .invalidArgument(
          "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name "
            + "duplicates.", "x-amz-tagging", header)
      }
      tags.append(tag)
    }
    try check(tags, limit: objectLimit)
    return tags
  }

  /// Letters, numbers, spaces and `_ . : / = + - @`.
  private static func isAllowed(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
        .letterNumber, .otherNumber, .spaceSeparator, .nonspacingMark, .spacingMark:
        true
      default: "_.:/=+-@".unicodeScalars.contains(scalar)
      }
    }
  }

  private static func invalid(_ message: String, _ key: String) -> AWSError {
    AWSError("InvalidTag", message, status: 400, fields: [("TagKey", .string(key))])
  }
}
