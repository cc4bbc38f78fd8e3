import Cloud
import Identity
import Wire

/// The tags of a root, unit, account or policy.
struct ResourceTagsRecord: Record {
  static let kind = "organizations.tags"
  static let isCached = true

  let organization: String
  /// The entity's id.
  let resource: String
  /// In the order of their keys.
  var tags: [IdentityTag]

  var key: Key { Key(.string(organization), .string(resource)) }
}

/// Reads and changes tags, by AWS's rules for them.
enum ResourceTags {
  /// AWS: Organizations user guide, "Maximum number of tags": 50 for each entity.
  static let limit = 50

  /// The tags of an entity, by key.
  static func all(of id: String, in organization: String, _ transaction: Transaction) throws(AWSError) -> [IdentityTag]
  {
    let key = Key(.string(organization), .string(id))
    return try transaction.get(ResourceTagsRecord.self, key, in: .global)?.tags ?? []
  }

  /// Adds tags to an entity, or changes their values.
  /// - Throws: InvalidInputException, ConstraintViolationException.
  static func add(
    _ tags: [Tag]?, to id: String, in organization: String, _ transaction: Transaction
  ) throws(AWSError) {
    guard let tags, !tags.isEmpty else { return }
    try check(tags)
    var present = try all(of: id, in: organization, transaction)
    for tag in tags {
      present.removeAll { $0.key == tag.key }
      present.append(IdentityTag(key: tag.key, value: tag.value))
    }
    guard present.count <= limit else {
      throw .constraint(
        "MAX_TAG_LIMIT_EXCEEDED", "You have exceeded the number of tags allowed on this resource.")
    }
    present.sort { $0.key < $1.key }
    try transaction.put(
      ResourceTagsRecord(organization: organization, resource: id, tags: present), in: .global)
  }

  /// Takes tags from an entity.
  static func remove(
    _ keys: [String], from id: String, in organization: String, _ transaction: Transaction
  ) throws(AWSError) {
    if keys.contains(where: isReserved) { throw systemTag() }
    var present = try all(of: id, in: organization, transaction)
    present.removeAll { keys.contains($0.key) }
    if present.isEmpty { return try removeAll(from: id, in: organization, transaction) }
    try transaction.put(
      ResourceTagsRecord(organization: organization, resource: id, tags: present), in: .global)
  }

  /// Forgets the tags of an entity that goes.
  static func removeAll(from id: String, in organization: String, _ transaction: Transaction) throws(AWSError) {
    try transaction.delete(ResourceTagsRecord.self, Key(.string(organization), .string(id)), in: .global)
  }

  /// The rules for tags in a request, whatever they are put on.
  /// - Throws: InvalidInputException, ConstraintViolationException.
  static func check(_ tags: [Tag]?) throws(AWSError) {
    guard let tags else { return }
    if tags.contains(where: { isReserved($0.key) }) { throw systemTag() }
    guard Set(tags.map(\.key)).count == tags.count else {
      throw .invalidInput("DUPLICATE_TAG_KEY", "Your request includes duplicate tag keys.")
    }
    guard tags.count <= limit else {
      throw .constraint(
        "MAX_TAG_LIMIT_EXCEEDED", "You have exceeded the number of tags allowed on this resource.")
    }
  }

  private static func isReserved(_ key: String) -> Bool { key.lowercased().hasPrefix("aws:") }

  private static func systemTag() -> AWSError {
    // AWS: Organizations API, InvalidInputException, INVALID_SYSTEM_TAGS_PARAMETER.
    .invalidInput(
      "INVALID_SYSTEM_TAGS_PARAMETER",
      "You specified a tag key that is a system tag. You can’t add, edit, or delete system tag keys because they're "
        + "reserved for Amazon Web Services use. System tags don’t count against your tags per resource limit.")
  }
}
