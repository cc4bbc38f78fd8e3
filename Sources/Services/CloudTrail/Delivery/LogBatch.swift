import Cloud
import Wire

/// Where a record belongs: an account's events in a Region go into files of their own.
struct Lane: Sendable, Hashable, Codable, Comparable {
  var account: AccountID
  var region: String

  static func < (left: Lane, right: Lane) -> Bool {
    (left.account.rawValue, left.region) < (right.account.rawValue, right.region)
  }
}

/// Records of one lane that will be one file.
struct LogBatch: Sendable {
  private static let head = Array(#"{"Records":["#.utf8)
  /// `{"Records":[…`, without its end.
  private(set) var bytes = LogBatch.head
  private(set) var count = 0
  private(set) var oldest: Timestamp?
  private(set) var newest: Timestamp?
  /// The records as they are, for destinations other than a bucket; empty if there are none.
  private(set) var texts: [(time: Timestamp, text: String)] = []
  /// Where the first of them is in the journal.
  private(set) var first: JournalPlace?

  mutating func append(_ text: String, at time: Timestamp, place: JournalPlace, keepingText: Bool) {
    if count > 0 { bytes.append(UInt8(ascii: ",")) }
    bytes.append(contentsOf: text.utf8)
    count += 1
    oldest = min(oldest ?? time, time)
    newest = max(newest ?? time, time)
    if first == nil { first = place }
    if keepingText { texts.append((time, text)) }
  }

  /// The file's content.
  var file: [UInt8] { bytes + Array("]}".utf8) }
}
