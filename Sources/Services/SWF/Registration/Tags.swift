import Cloud
import Wire

/// TagResource, UntagResource and ListTagsForResource: of SWF's resources only domains have tags.
enum Tags {
  /// AWS: SWF developer guide, quotas: 50 tags for each resource.
  static let limit = 50

  static func tag(
    _ input: TagResourceInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let added = try dictionary(input.tags)
    try change(input.resourceArn, context, transaction) { tags in tags.merge(added) { _, new in new } }
    return NoMembers()
  }

  static func untag(
    _ input: UntagResourceInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try change(input.resourceArn, context, transaction) { tags in for key in input.tagKeys { tags[key] = nil } }
    return NoMembers()
  }

  static func list(
    _ input: ListTagsForResourceInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListTagsForResourceOutput {
    let record = try domain(input.resourceArn, context, transaction)
    let tags = record.tags.sorted { $0.key < $1.key }.map { ResourceTag(key: $0.key, value: $0.value) }
    return ListTagsForResourceOutput(tags: tags)
  }

  /// Tags by their keys; a tag without a value has the empty one.
  /// - Throws: ValidationException if a key comes twice.
  static func dictionary(_ tags: [ResourceTag]) throws(AWSError) -> [String: String] {
    var result: [String: String] = [:]
    for tag in tags where result.updateValue(tag.value ?? "", forKey: tag.key) != nil {
      // unverified: words
      throw .validation("Duplicate tag keys are not allowed: \(tag.key)")
    }
    return result
  }

  /// AWS: TagResource, "Tags may only contain unicode letters, digits, whitespace, or these symbols: _ . : / = + - @."
  static func check(_ tags: [String: String]) throws(AWSError) {
    if tags.count > limit { throw .tooManyTags() }
    for (key, value) in tags.sorted(by: { $0.key < $1.key }) {
      if key.lowercased().hasPrefix("aws:") {
        // unverified: words
        throw .validation("Tag keys must not begin with aws:, which is reserved: \(key)")
      }
      guard isWritten(key), isWritten(value) else {
        // unverified: words
        throw .validation(
          "Tags may only contain unicode letters, digits, whitespace, or these symbols: _ . : / = + - @.")
      }
    }
  }

  private static func isWritten(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
        .letterNumber, .otherNumber, .spaceSeparator:
        true
      default: "_.:/=+-@".unicodeScalars.contains(scalar)
      }
    }
  }

  private static func domain(
    _ arn: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DomainRecord {
    let scope = try context.scope
    // unverified: what AWS answers to an ARN of something else.
    guard let name = Access.domain(ofARN: arn, in: scope) else { throw .unknownResource("Unknown resource: \(arn)") }
    return try DomainRecord.find(name, in: scope, transaction)
  }

  private static func change(
    _ arn: String, _ context: Context, _ transaction: Transaction, _ body: (inout [String: String]) -> Void
  ) throws(AWSError) {
    let old = try domain(arn, context, transaction)
    var new = old
    body(&new.tags)
    try check(new.tags)
    try transaction.update(old, to: new, in: try context.scope)
  }
}
