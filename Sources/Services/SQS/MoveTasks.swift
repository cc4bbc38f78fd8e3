import Checksums
import Cloud
import Wire

/// A task that moves messages out of a dead-letter queue.
struct MoveTaskRecord: Record {
  static let kind = "sqs.moveTask"

  enum Status: String, Sendable, Codable {
    case running = "RUNNING"
    case completed = "COMPLETED"
    case cancelled = "CANCELLED"
    case failed = "FAILED"
  }

  var source: String
  var id: String
  var destination: String?
  /// Messages a second.
  var rate: Int?
  var toMove: Int
  var moved = 0
  var status = Status.running
  var failure: String?
  /// Milliseconds since 1970.
  var startedAt: Int64

  /// The latest first.
  var key: Key { Key(.string(source), .integer(-startedAt), .string(id)) }
}

/// StartMessageMoveTask, CancelMessageMoveTask and ListMessageMoveTasks; timers do the moving.
enum MoveTasks {
  /// AWS: ListMessageMoveTasks, "up to 10".
  private static let kept = 10
  /// So many messages are moved at once.
  private static let batch = 100

  // MARK: Operations

  static func start(
    _ input: StartMessageMoveTaskRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> StartMessageMoveTaskResult {
    let location = try location(input.sourceArn, "SourceArn")
    guard let source = try location.find(transaction) else { throw missing("SourceArn") }
    if let rate = input.maxNumberOfMessagesPerSecond, !(1...500).contains(rate) {
      // unverified: words
      throw .invalid(
        "\(rate)", "MaxNumberOfMessagesPerSecond", "You must enter a value that is between 1 and 500.")
    }
    let sources = try transaction.scan(
      QueueRecord.self, by: QueueRecord.byDeadLetterTarget, in: location.scope, .prefix(.string(source.arn)), limit: 1)
    if sources.isEmpty { throw .invalidParameterValue("Source queue must be configured as a Dead Letter Queue.") }
    if let destination = input.destinationArn {
      let place = try MoveTasks.location(destination, "DestinationArn")
      guard place.scope == location.scope, let target = try place.find(transaction) else {
        throw missing("DestinationArn")
      }
      if target.isFIFO != source.isFIFO || target.name == source.name {
        // unverified: words
        throw .invalidParameterValue("Destination queue must be another queue of the same type as the source queue.")
      }
    }
    let earlier = try tasks(of: source.name, location.scope, transaction)
    if earlier.contains(where: { $0.status == .running }) {
      throw .invalidParameterValue(
        "There is already a task running. Only one active task is allowed for a source queue arn at a given time.")
    }
    for old in earlier.dropFirst(kept - 1) { try transaction.delete(old, in: location.scope) }
    let queue = try OpenQueue(source, in: location.scope, transaction)
    let numbers = source.isFIFO ? try queue.fifoNumbers() : try queue.standardNumbers()
    let task = MoveTaskRecord(
      source: source.name, id: transaction.random.uuid(), destination: input.destinationArn,
      rate: input.maxNumberOfMessagesPerSecond, toMove: numbers.visible, startedAt: transaction.now.milliseconds)
    try transaction.insert(task, in: location.scope)
    try schedule(task, location.scope, transaction)
    return StartMessageMoveTaskResult(taskHandle: handle(task, source.arn))
  }

  static func startAccess(
    _ input: StartMessageMoveTaskRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    let source = try location(input.sourceArn, "SourceArn")
    // AWS: SQS developer guide, "Configuring queue permissions for dead-letter queue redrive".
    var checks: [AccessCheck] = []
    for action in ["StartMessageMoveTask", "ReceiveMessage", "DeleteMessage", "GetQueueAttributes"] {
      checks.append(try Access.check(action, .ownerOnly, on: source, context, transaction))
    }
    if let destination = input.destinationArn {
      let place = try location(destination, "DestinationArn")
      checks.append(try Access.check("SendMessage", on: place, context, transaction))
    }
    return checks
  }

  static func cancel(
    _ input: CancelMessageMoveTaskRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CancelMessageMoveTaskResult {
    let (location, id) = try parse(input.taskHandle)
    guard let source = try location.find(transaction) else { throw missing("SourceArn") }
    let found = try tasks(of: source.name, location.scope, transaction).first { $0.id == id }
    guard let task = found else { throw .resourceNotFound("Task does not exist.") }
    guard task.status == .running else {
      throw .invalidParameterValue("Only active tasks can be cancelled.")  // unverified: words
    }
    var new = task
    new.status = .cancelled
    try transaction.update(task, to: new, in: location.scope)
    try transaction.cancelTimer(service: SQSService.name, name: timer(task), in: location.scope)
    return CancelMessageMoveTaskResult(approximateNumberOfMessagesMoved: task.moved)
  }

  static func cancelAccess(
    _ input: CancelMessageMoveTaskRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    let location = try parse(input.taskHandle).location
    return [try Access.check("CancelMessageMoveTask", .ownerOnly, on: location, context, transaction)]
  }

  static func list(
    _ input: ListMessageMoveTasksRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListMessageMoveTasksResult {
    let location = try location(input.sourceArn, "SourceArn")
    guard let source = try location.find(transaction) else { throw missing("SourceArn") }
    let count = input.maxResults ?? 1
    guard (1...10).contains(count) else {
      throw .invalid("\(count)", "MaxResults", "MaxResults must be an integer between 1 and 10.")  // unverified: words
    }
    let tasks = try tasks(of: source.name, location.scope, transaction).prefix(count)
    return ListMessageMoveTasksResult(
      results: tasks.map { task in
        ListMessageMoveTasksResultEntry(
          taskHandle: task.status == .running ? handle(task, source.arn) : nil, status: task.status.rawValue,
          sourceArn: source.arn, destinationArn: task.destination, maxNumberOfMessagesPerSecond: task.rate,
          approximateNumberOfMessagesMoved: task.moved, approximateNumberOfMessagesToMove: task.toMove,
          failureReason: task.failure, startedTimestamp: Int(task.startedAt))
      })
  }

  static func listAccess(
    _ input: ListMessageMoveTasksRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    let location = try location(input.sourceArn, "SourceArn")
    return [try Access.check("ListMessageMoveTasks", .ownerOnly, on: location, context, transaction)]
  }

  // MARK: Moving

  /// Moves the next messages of a task.
  static func run(_ source: String, _ id: String, _ request: TimerRequest, _ transaction: Transaction) throws(AWSError)
  {
    let scope = request.scope
    guard let task = try tasks(of: source, scope, transaction).first(where: { $0.id == id }), task.status == .running,
      let record = try transaction.get(QueueRecord.self, Key(source), in: scope)
    else { return }
    var new = task
    var queue = try OpenQueue(record, in: scope, transaction)
    for _ in 0..<chunk(task) {
      if new.moved >= new.toMove { break }
      guard let next = try queue.takeForMoving() else {
        new.status = .completed
        break
      }
      guard let target = try target(of: next, task, scope, transaction, &new) else {
        try queue.putBack(next)
        break
      }
      var content = next.content
      content.deadLetterSource = nil
      // AWS: SQS developer guide, "Configuring a dead-letter queue redrive": moved messages are new ones, with an id and an
      // enqueue time of their own.
      content.messageID = transaction.random.uuid()
      var destination = try OpenQueue(target, in: scope, transaction)
      try destination.enqueue(content, sentAt: destination.now)
      try destination.save()
      new.moved += 1
    }
    try queue.save()
    if new.status == .running, new.moved >= new.toMove { new.status = .completed }
    try transaction.update(task, to: new, in: scope)
    if new.status == .running { try schedule(new, scope, transaction) }
  }

  /// Where a message goes; nothing, and a failed task, if there is no such queue.
  private static func target(
    of message: OpenQueue.Received, _ task: MoveTaskRecord, _ scope: Scope, _ transaction: Transaction,
    _ new: inout MoveTaskRecord
  ) throws(AWSError) -> QueueRecord? {
    guard let arn = task.destination ?? message.content.deadLetterSource else {
      new.status = .failed
      new.failure = "CouldNotDetermineMessageSource"
      return nil
    }
    guard let location = QueueLocation(arn: arn), location.scope == scope, let target = try location.find(transaction)
    else {
      new.status = .failed
      new.failure = "AWS.SimpleQueueService.NonExistentQueue"
      return nil
    }
    return target
  }

  private static func chunk(_ task: MoveTaskRecord) -> Int { task.rate.map { max(1, $0 / 10) } ?? batch }

  private static func schedule(_ task: MoveTaskRecord, _ scope: Scope, _ transaction: Transaction) throws(AWSError) {
    let pause = task.rate.map { Int64(chunk(task)) * 1000 / Int64($0) } ?? 0
    try transaction.schedule(
      TimerRequest(
        service: SQSService.name, name: timer(task), in: scope, due: transaction.now.adding(milliseconds: pause)))
  }

  private static func timer(_ task: MoveTaskRecord) -> Key {
    Key(.string("move"), .string(task.source), .string(task.id))
  }

  /// Removes the tasks of a queue that is deleted.
  static func forget(_ source: String, _ scope: Scope, _ transaction: Transaction) throws(AWSError) {
    for task in try tasks(of: source, scope, transaction) {
      try transaction.cancelTimer(service: SQSService.name, name: timer(task), in: scope)
      try transaction.delete(task, in: scope)
    }
  }

  private static func tasks(
    of source: String, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> [MoveTaskRecord] {
    try transaction.scan(MoveTaskRecord.self, in: scope, .prefix(.string(source)))
  }

  // MARK: ARNs and handles

  private static func location(_ arn: String, _ parameter: String) throws(AWSError) -> QueueLocation {
    guard let location = QueueLocation(arn: arn) else {
      throw .invalidParameterValue(
        "You must use this format to specify the \(parameter): "
          + "arn:<partition>:<service>:<region>:<account-id>:<resource-id>")
    }
    return location
  }

  private static func missing(_ parameter: String) -> AWSError {
    .resourceNotFound("The resource that you specified for the \(parameter) parameter doesn't exist.")
  }

  private static func handle(_ task: MoveTaskRecord, _ arn: String) -> String {
    Base64.encode(Array("{\"taskId\":\"\(task.id)\",\"sourceArn\":\"\(arn)\"}".utf8))
  }

  private static func parse(_ handle: String) throws(AWSError) -> (location: QueueLocation, id: String) {
    guard let bytes = Base64.decode(handle), let members = JSONText.object(String(decoding: bytes, as: UTF8.self)),
      let id = members["taskId"] as? String, let arn = members["sourceArn"] as? String,
      let location = QueueLocation(arn: arn)
    else { throw .invalidParameterValue("Value for parameter TaskHandle is invalid.") }
    return (location, id)
  }
}

extension OpenQueue {
  /// Takes the next visible message out of the queue.
  mutating func takeForMoving() throws(AWSError) -> Received? {
    try removeExpired()
    let visible = KeyRange.prefix(.integer(storage)).before(Key(.integer(storage), .integer(now + 1)))
    let message: MessageRecord?
    if record.isFIFO {
      let group = try transaction.scan(GroupRecord.self, by: GroupRecord.byReadiness, in: scope, visible, limit: 1)
        .first
      guard let group else { return nil }
      let range = KeyRange.prefix(.integer(storage), .string(group.name))
      message = try transaction.scan(MessageRecord.self, by: MessageRecord.byGroup, in: scope, range, limit: 1).first
    } else {
      message = try transaction.scan(
        MessageRecord.self, by: MessageRecord.byVisibility, in: scope, visible, limit: 1
      ).first
    }
    guard let message else { return nil }
    let content = try content(of: message)
    if record.isFIFO { try removeFromGroup(message) } else { try erase(message) }
    return Received(message: message, content: content)
  }

  /// Puts a message back that was taken out in this transaction.
  mutating func putBack(_ received: Received) throws(AWSError) {
    try transaction.insert(received.message, in: scope)
    if received.message.isContentApart {
      try transaction.insert(ContentRecord(of: received.message, received.content.encode()), in: scope)
    }
    counters.total += 1
    if record.isFIFO { try returnToGroup(received.message) }
  }
}
