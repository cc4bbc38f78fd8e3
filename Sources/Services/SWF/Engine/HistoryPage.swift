import Cloud
import Wire

/// A page of a history, ready to be answered.
struct HistoryPage {
  /// The events as a JSON list.
  let events: Value
  let nextPageToken: String?

  /// Reads the page with which `token` says to begin.
  static func read(
    _ token: HistoryToken, size: Int, in scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> HistoryPage {
    let count = Int64(size)
    let range: ClosedRange<Int64>
    if token.isReversed {
      range = max(token.first, token.next - count + 1)...token.next
    } else {
      range = token.next...min(token.last, token.next + count - 1)
    }
    var events = try HistoryEvents.read(
      of: token.number, from: range.lowerBound, through: range.upperBound, in: scope, transaction)
    if token.isReversed { events.reverse() }
    let rest = token.isReversed ? range.lowerBound - 1 : range.upperBound + 1
    let hasMore = token.isReversed ? rest >= token.first : rest <= token.last
    let following = HistoryToken(
      number: token.number, first: token.first, last: token.last, next: rest, isReversed: token.isReversed,
      task: token.task, givenAt: transaction.now.milliseconds)
    return HistoryPage(events: json(events), nextPageToken: hasMore ? following.text : nil)
  }

  private static func json(_ events: [StoredEvent]) -> Value {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(events.reduce(2) { $0 + $1.json.count + 1 })
    bytes.append(UInt8(ascii: "["))
    for (index, event) in events.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: event.json)
    }
    bytes.append(UInt8(ascii: "]"))
    return .encodedJSON(bytes)
  }
}

/// An answer of which a part is JSON already.
struct EncodedAnswer: Structure {
  let structureValue: StructureValue

  init(_ value: StructureValue) { structureValue = value }
}
