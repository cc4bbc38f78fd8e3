import Cloud
import Wire

/// CreateTopic, DeleteTopic and ListTopics.
enum Creating {
  static func create(
    _ input: CreateTopicInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CreateTopicResponse {
    let attributes = input.attributes ?? [:]
    if input.dataProtectionPolicy?.isEmpty == false { throw .notBuilt("sns DataProtectionPolicy") }
    let isFIFO = attributes["FifoTopic"]?.lowercased() == "true"
    try checkName(input.name, isFIFO: isFIFO)
    let location = TopicLocation(account: try context.account, region: context.region, name: input.name)
    let tags = try Tagging.dictionary(input.tags ?? [])
    if let existing = try location.find(transaction) {
      try compare(attributes, with: existing, location, transaction)
      // AWS: CreateTopic, a topic that exists is answered only if the tags are those that it has.
      if !tags.isEmpty, tags != existing.tags {
        throw .invalidParameter("Tags", "Topic already exists with different tags")
      }
      return CreateTopicResponse(topicArn: location.arn)
    }
    var settings = TopicSettings()
    settings.isFIFO = isFIFO
    settings.policy = TopicPolicy.standard(location)
    try apply(attributes, to: &settings, location, transaction)
    try Tagging.checkCount(tags)
    try transaction.insert(
      TopicRecord(
        name: location.name, id: Int64(transaction.random.next() >> 1), settings: settings, tags: tags,
        revision: Int64(bitPattern: transaction.random.next())), in: location.scope)
    return CreateTopicResponse(topicArn: location.arn)
  }

  static func createAccess(
    _ input: CreateTopicInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    let location = TopicLocation(account: try context.account, region: context.region, name: input.name)
    var check = AccessCheck("sns:CreateTopic", on: location.arn, owner: location.account)
    guard let tags = input.tags, !tags.isEmpty else { return [check] }
    check.keys = Access.tagKeys(tags)
    // AWS: CreateTopic, "To be able to tag a topic on creation, you must have the sns:CreateTopic and sns:TagResource
    // permissions."
    var tagging = check
    tagging.action = "sns:TagResource"
    return [check, tagging]
  }

  private static func apply(
    _ attributes: [String: String], to settings: inout TopicSettings, _ location: TopicLocation,
    _ transaction: Transaction
  ) throws(AWSError) {
    for (name, text) in attributes.sorted(by: { $0.key < $1.key }) {
      switch name {
      case "FifoTopic":
        guard ["true", "false"].contains(text.lowercased()) else {
          throw .invalidParameter("Attributes", "FifoTopic: \(text) is neither true nor false")  // unverified: words
        }
      case "Policy": settings.policy = try TopicPolicy.checked(text, of: location, transaction)
      default:
        try settings.apply(
          name, text, prefix: "Attributes Reason: ", unknown: "Attributes Reason: Unknown attribute: \(name)")
      }
    }
  }

  /// AWS: CreateTopic: names have letters, digits, underscores and hyphens, 1 to 256 of them; those of FIFO topics end in .fifo.
  private static func checkName(_ name: String, isFIFO: Bool) throws(AWSError) {
    let base = isFIFO && name.hasSuffix(".fifo") ? Substring(name).dropLast(5) : Substring(name)
    let isWritten = base.utf8.allSatisfy { byte in
      (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte) || byte == 45 || byte == 95
    }
    if isWritten, !base.isEmpty, name.utf8.count <= 256, isFIFO == name.hasSuffix(".fifo") { return }
    if isFIFO {
      throw .invalidParameter(
        "Topic Name",
        "Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, "
          + "underscores, and hyphens, and must be between 1 and 256 characters long.")
    }
    throw .invalidParameter("Topic Name")
  }

  /// A topic that exists is created again without effect, if what is given is what it has.
  private static func compare(
    _ attributes: [String: String], with existing: TopicRecord, _ location: TopicLocation, _ transaction: Transaction
  ) throws(AWSError) {
    if attributes.isEmpty { return }
    var changed = existing.settings
    try apply(attributes, to: &changed, location, transaction)
    changed.isFIFO = attributes["FifoTopic"].map { $0.lowercased() == "true" } ?? existing.settings.isFIFO
    guard changed == existing.settings else {
      throw .invalidParameter("Attributes", "Topic already exists with different attributes")
    }
  }

  // MARK: Deleting

  static func delete(
    _ input: DeleteTopicInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let location = try TopicLocation(input.topicArn, context)
    // AWS: DeleteTopic, "This action is idempotent, so deleting a topic that does not exist does not result in an error."
    guard let topic = try location.find(transaction) else { return NoMembers() }
    try transaction.delete(topic, in: location.scope)
    try Sweeping.sweep(topic, of: location, transaction)
    return NoMembers()
  }

  static func list(
    _ input: ListTopicsInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListTopicsResponse {
    let account = try context.account
    let page = try Page(input.nextToken)
    let found = try transaction.scan(
      TopicRecord.self, in: Scope(account, context.region), page.range(.all), limit: Page.size + 1)
    let topics = found.prefix(Page.size).map { record in
      Topic(topicArn: TopicLocation(account: account, region: context.region, name: record.name).arn)
    }
    return ListTopicsResponse(
      topics: Array(topics), nextToken: found.count > Page.size ? Page.token(found[Page.size - 1].key) : nil)
  }
}
