import Cloud
import Wire

/// Where a history goes on: a page token of GetWorkflowExecutionHistory and PollForDecisionTask.
struct HistoryToken: Equatable {
  /// The run's ``ExecutionRecord/number``.
  let number: Int64
  /// The events that belong to the answer, as they were when it began.
  let first: Int64
  let last: Int64
  /// The event with which the next page begins.
  let next: Int64
  let isReversed: Bool
  /// The decision task whose pages these are; nothing for GetWorkflowExecutionHistory.
  let task: Task?
  /// When the token was given, in milliseconds since 1970.
  let givenAt: Int64

  /// A started decision task.
  struct Task: Equatable {
    let scheduledEventID: Int64
    let startedEventID: Int64
    let previousStartedEventID: Int64
  }

  init(
    number: Int64, first: Int64, last: Int64, next: Int64, isReversed: Bool, task: Task?, givenAt: Int64
  ) {
    self.number = number
    self.first = first
    self.last = last
    self.next = next
    self.isReversed = isReversed
    self.task = task
    self.givenAt = givenAt
  }

  /// As clients carry it.
  var text: String {
    var writer = RecordWriter(capacity: 96)
    writer.byte(task == nil ? 11 : 12)
    writer.integer(number)
    writer.integer(first)
    writer.integer(last)
    writer.integer(next)
    writer.bool(isReversed)
    if let task {
      writer.integer(task.scheduledEventID)
      writer.integer(task.startedEventID)
      writer.integer(task.previousStartedEventID)
    }
    writer.integer(givenAt)
    writer.short(Int32(bitPattern: TokenText.checksum(writer.bytes)))
    return TokenText.encode(writer.bytes)
  }

  /// Reads a token that the same operation gave.
  /// - Throws: ValidationException for a garbled one, one of another operation, or one that is a day old.
  init(_ text: String, ofTask: Bool, at now: Timestamp) throws(AWSError) {
    guard let bytes = TokenText.decode(text) else { throw .invalidPageToken() }
    do {
      var reader = RecordReader(bytes)
      guard try reader.byte() == (ofTask ? 12 : 11) else { throw RecordReader.Damaged() }
      number = try reader.integer()
      first = try reader.integer()
      last = try reader.integer()
      next = try reader.integer()
      isReversed = try reader.bool()
      task =
        ofTask
        ? Task(
          scheduledEventID: try reader.integer(), startedEventID: try reader.integer(),
          previousStartedEventID: try reader.integer()) : nil
      givenAt = try reader.integer()
      guard UInt32(bitPattern: try reader.short()) == TokenText.checksum(bytes.dropLast(4)) else {
        throw RecordReader.Damaged()
      }
    } catch { throw .invalidPageToken() }
    if now.milliseconds - givenAt > PageToken.lifetime { throw .expiredPageToken() }
  }
}
