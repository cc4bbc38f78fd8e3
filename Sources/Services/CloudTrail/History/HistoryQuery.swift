import Cloud
import Wire

/// What LookupEvents is asked: whose events, from when to when, with which attribute.
struct HistoryQuery: Sendable, Hashable {
  /// By what events are found. AWS: CloudTrail API, `LookupAttributeKey`.
  enum Attribute: String, Sendable, Hashable, CaseIterable {
    case eventID = "EventId"
    case eventName = "EventName"
    case readOnly = "ReadOnly"
    case username = "Username"
    case resourceType = "ResourceType"
    case resourceName = "ResourceName"
    case eventSource = "EventSource"
    case accessKeyID = "AccessKeyId"
  }

  var account: AccountID
  var region: String
  var since: Timestamp
  var until: Timestamp
  var attribute: Attribute?
  var value: String = ""

  /// Whether a record has the attribute. Values are compared exactly.
  func matches(_ record: EventRecord) -> Bool {
    let time = record.entry.time
    guard record.recipient == account, record.entry.region == region, record.isManagement, time >= since, time <= until
    else { return false }
    switch attribute {
    case nil: return true
    case .eventID: return record.id.description == value
    case .eventName: return record.name == value
    case .readOnly: return (record.isReadOnly ? "true" : "false") == value
    case .username: return record.entry.caller.historyName == value
    case .resourceType: return HistoryResources.of(record).contains { $0.type == value }
    case .resourceName: return HistoryResources.of(record).contains { $0.name == value }
    case .eventSource: return record.source == value
    case .accessKeyID: return record.entry.caller.accessKeyID == value
    }
  }

  /// The marks one of which an event must have to match, for ``HistorySegment``.
  var mark: UInt32 {
    switch attribute {
    case nil: HistoryMark.place(account, region)
    case .some(let attribute): HistoryMark.of(attribute, value, account, region)
    }
  }
}

/// Small numbers that stand for what events can be found by: two events may share one by chance, which the search then sees.
enum HistoryMark {
  static func place(_ account: AccountID, _ region: String) -> UInt32 { hash("", "", account, region) }

  static func of(
    _ attribute: HistoryQuery.Attribute, _ value: String, _ account: AccountID, _ region: String
  ) -> UInt32 {
    hash(attribute.rawValue, value, account, region)
  }

  /// Every mark of a record, the one of its place first.
  static func all(of record: EventRecord) -> [UInt32] {
    let account = record.recipient
    let region = record.entry.region
    func mark(_ attribute: HistoryQuery.Attribute, _ value: String) -> UInt32 { of(attribute, value, account, region) }
    var marks = [
      place(account, region), mark(.eventID, record.id.description), mark(.eventName, record.name),
      mark(.readOnly, record.isReadOnly ? "true" : "false"), mark(.eventSource, record.source),
    ]
    if let name = record.entry.caller.historyName { marks.append(mark(.username, name)) }
    if let key = record.entry.caller.accessKeyID { marks.append(mark(.accessKeyID, key)) }
    for resource in HistoryResources.of(record) {
      marks.append(mark(.resourceType, resource.type))
      marks.append(mark(.resourceName, resource.name))
    }
    return marks
  }

  /// FNV-1a: the same in every process.
  private static func hash(_ kind: String, _ value: String, _ account: AccountID, _ region: String) -> UInt32 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func mix(_ text: String) {
      for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      hash = (hash ^ 0xFF) &* 0x100_0000_01b3
    }
    mix(account.rawValue)
    mix(region)
    mix(kind)
    mix(value)
    return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
  }
}
