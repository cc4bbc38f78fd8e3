import Cloud

/// A topic.
struct TopicRecord: Record {
  static let kind = "sns.topic"
  static let isCached = true

  var name: String
  /// Its own among all topics that ever had its name.
  var id: Int64
  var settings: TopicSettings
  var tags: [String: String] = [:]
  /// Drawn anew with each change of the topic's subscriptions, so that what was made of them can be kept until then.
  var revision: Int64
  /// How many subscriptions were removed.
  var deletedSubscriptions = 0

  var key: Key { Key(name) }
}

extension TopicRecord {
  /// The same topic, with other subscriptions than before.
  func changed(_ transaction: Transaction, deleted: Int = 0) -> TopicRecord {
    var copy = self
    copy.revision = Int64(bitPattern: transaction.random.next())
    copy.deletedSubscriptions += deleted
    return copy
  }
}
