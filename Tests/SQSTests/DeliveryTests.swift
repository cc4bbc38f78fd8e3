import Cloud
import Testing
import Wire

@testable import SQS

@Suite("Standard queues")
struct StandardQueueTests {
  @Test("a received message is hidden until its visibility timeout ends")
  func visibility() async throws {
    let lab = try Lab()
    try await lab.create("q")
    try await lab.send("q", "one")
    let first = try await lab.receive("q")
    #expect(first.map(\.body) == ["one"])
    #expect(try await lab.numbers("q") == [0, 1, 0])
    lab.advance(seconds: 29.999)
    #expect(try await lab.bodies("q") == [])
    lab.advance(seconds: 0.001)
    let second = try await lab.receive("q")
    #expect(second[0].attributes?["ApproximateReceiveCount"] == "2")
    #expect(
      second[0].attributes?["ApproximateFirstReceiveTimestamp"]
        == first[0].attributes?["ApproximateFirstReceiveTimestamp"])
    #expect(second[0].receiptHandle != first[0].receiptHandle)
    // AWS: DeleteMessage, "If you use an old ReceiptHandle, the request will succeed, but the message might not be deleted."
    try await lab.delete("q", first[0])
    #expect(try await lab.numbers("q") == [0, 1, 0])
    try await lab.delete("q", second[0])
    try await lab.delete("q", second[0])
    #expect(try await lab.numbers("q") == [0, 0, 0])
  }

  @Test("a delayed message appears when its delay is over")
  func delay() async throws {
    let lab = try Lab()
    try await lab.create("q", ["DelaySeconds": "10"])
    try await lab.send("q", "queue's")
    try await lab.send("q", "own", delay: 0)
    try await lab.send("q", "longer", delay: 20)
    #expect(try await lab.numbers("q") == [1, 0, 2])
    #expect(try await lab.bodies("q") == ["own"])
    lab.advance(seconds: 10)
    #expect(try await lab.numbers("q") == [1, 1, 1])
    #expect(try await lab.bodies("q") == ["queue's"])
    #expect(
      await lab.failure(Sending.send, SendMessageRequest(queueUrl: "q", messageBody: "x", delaySeconds: 901))?.message
        == "Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.")
  }

  @Test("messages come in the order in which they were sent, and none twice")
  func order() async throws {
    let lab = try Lab()
    try await lab.create("q")
    for number in 0..<25 { try await lab.send("q", "\(number)") }
    var seen: [String] = []
    while true {
      let more = try await lab.bodies("q")
      if more.isEmpty { break }
      seen += more
    }
    #expect(seen == (0..<25).map { "\($0)" })
  }

  @Test("messages of no visibility timeout stay visible and come once in an answer")
  func noTimeout() async throws {
    let lab = try Lab()
    try await lab.create("q")
    for number in 0..<3 { try await lab.send("q", "\(number)") }
    #expect(try await lab.bodies("q", visibility: 0).sorted() == ["0", "1", "2"])
    #expect(try await lab.numbers("q") == [3, 0, 0])
  }

  @Test("messages leave when the retention period ends")
  func retention() async throws {
    let lab = try Lab()
    try await lab.create("q", ["MessageRetentionPeriod": "60"])
    for number in 0..<600 { try await lab.send("q", "\(number)") }
    lab.advance(seconds: 30)
    try await lab.send("q", "younger")
    #expect(try await lab.numbers("q") == [601, 0, 0])
    lab.advance(seconds: 30)
    #expect(try await lab.bodies("q") == ["younger"])
    #expect(try await lab.numbers("q") == [0, 1, 0])
    lab.advance(seconds: 30)
    #expect(try await lab.numbers("q") == [0, 0, 0])
  }

  @Test("visibility changes work on the latest handle, up to twelve hours in all")
  func change() async throws {
    let lab = try Lab()
    try await lab.create("q")
    try await lab.send("q", "one")
    let message = try await lab.receive("q")[0]
    try await lab.hide("q", message, seconds: 0)
    #expect(try await lab.numbers("q") == [1, 0, 0])
    let again = try await lab.receive("q")[0]
    lab.advance(seconds: 10)
    let input = ChangeMessageVisibilityRequest(
      queueUrl: "q", receiptHandle: again.receiptHandle ?? "", visibilityTimeout: 43_200)
    #expect(
      await lab.failure(ChangingVisibility.change, input)?.message
        == "Value 43200 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is "
        + "beyond the limit [43200 seconds]")
    try await lab.hide("q", again, seconds: 43_190)
    lab.advance(seconds: 43_189)
    #expect(try await lab.bodies("q") == [])
    try await lab.delete("q", again)
    #expect(
      await lab.failure(ChangingVisibility.change, input)?.message.hasSuffix(
        "Reason: Message does not exist or is not available for visibility timeout change.") == true)
  }

  @Test("handles of other queues and nonsense are invalid")
  func handles() async throws {
    let lab = try Lab()
    try await lab.create("q")
    try await lab.create("r")
    try await lab.send("q", "one")
    let message = try await lab.receive("q")[0]
    for handle in ["nonsense", message.receiptHandle ?? ""] {
      let error = await lab.failure(Deleting.delete, DeleteMessageRequest(queueUrl: "r", receiptHandle: handle))
      #expect(error?.code == "ReceiptHandleIsInvalid")
      #expect(error?.message == "The input receipt handle \"\(handle)\" is not a valid receipt handle.")
    }
  }

  @Test("a long body is kept apart and comes back whole")
  func longBodies() async throws {
    let lab = try Lab()
    try await lab.create("q")
    let body = String(repeating: "x", count: 1_048_576)
    try await lab.send("q", body)
    let message = try await lab.receive("q")[0]
    #expect(message.body == body)
    try await lab.delete("q", message)
    let left = try await lab.store.transact { transaction throws(AWSError) in
      try transaction.count(ContentRecord.self, in: Scope(.first, .usEast1))
    }
    #expect(left == 0)
    #expect(
      await lab.failure(Sending.send, SendMessageRequest(queueUrl: "q", messageBody: body + "x"))?.message
        == "One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.")
  }

  @Test("a long poll gets a message that comes later, one that a delay or a timeout frees, or nothing")
  func longPolls() async throws {
    let lab = try Lab()
    try await lab.create("q")
    async let waiting = lab.receive("q", visibility: 5, wait: 20)
    try await lab.parked(1)
    try await lab.send("q", "late")
    #expect(try await waiting.map(\.body) == ["late"])
    // The other poll was parked before the message was hidden.
    async let other = lab.receive("q", visibility: 5, wait: 20)
    try await lab.parked(1)
    lab.advance(seconds: 5)
    #expect(try await other.map(\.body) == ["late"])
    async let third = lab.receive("q", wait: 3)
    try await lab.parked(1)
    try await lab.send("q", "delayed", delay: 2)
    lab.advance(seconds: 2)
    #expect(try await third.map(\.body) == ["delayed"])
    async let none = lab.receive("q", wait: 1)
    try await lab.parked(1)
    lab.advance(seconds: 1)
    #expect(try await none.isEmpty)
  }

  @Test("a poller who has gone loses nothing")
  func disconnected() async throws {
    let lab = try Lab()
    try await lab.create("q")
    let gone = Task { try await lab.receive("q", wait: 20) }
    try await lab.parked(1)
    gone.cancel()
    async let next = lab.receive("q", wait: 20)
    try await lab.parked(1)
    try await lab.send("q", "one")
    #expect(try await next.map(\.body) == ["one"])
  }

  @Test("messages received too often go to the dead-letter queue, with their id and age")
  func deadLetters() async throws {
    let lab = try Lab()
    try await lab.create("dead")
    try await lab.create(
      "q",
      [
        "RedrivePolicy":
          "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:dead\",\"maxReceiveCount\":\"2\"}"
      ])
    let id = try await lab.send("q", "poison").messageId
    let sent = try await lab.receive("q", visibility: 0)[0].attributes?["SentTimestamp"]
    lab.advance(seconds: 1)
    #expect(try await lab.bodies("q", visibility: 0) == ["poison"])
    // The long poll answers early: it has moved the message.
    #expect(try await lab.bodies("q", wait: 20) == [])
    #expect(try await lab.numbers("q") == [0, 0, 0])
    let letter = try await lab.receive("dead")[0]
    #expect(letter.messageId == id)
    #expect(letter.attributes?["DeadLetterQueueSourceArn"] == "arn:aws:sqs:us-east-1:000000000000:q")
    #expect(letter.attributes?["SentTimestamp"] == sent)
    #expect(letter.attributes?["ApproximateReceiveCount"] == "3")
    let sources = try await lab.call(
      Finding.deadLetterSources, ListDeadLetterSourceQueuesRequest(queueUrl: "dead"))
    #expect(sources.queueUrls == ["http://localhost:4566/000000000000/q"])
  }

  @Test("a move task brings dead letters home, as fast as it may")
  func moveTasks() async throws {
    let lab = try Lab()
    try await lab.create("dead")
    let arn = "arn:aws:sqs:us-east-1:000000000000:dead"
    #expect(
      await lab.failure(MoveTasks.start, StartMessageMoveTaskRequest(sourceArn: arn))?.message
        == "Source queue must be configured as a Dead Letter Queue.")
    try await lab.create("q", ["RedrivePolicy": "{\"deadLetterTargetArn\":\"\(arn)\",\"maxReceiveCount\":1}"])
    for number in 0..<5 { try await lab.send("q", "\(number)") }
    _ = try await lab.receive("q", visibility: 0)
    _ = try await lab.receive("q", visibility: 0)
    #expect(try await lab.numbers("dead") == [5, 0, 0])
    let start = StartMessageMoveTaskRequest(sourceArn: arn, maxNumberOfMessagesPerSecond: 1)
    let handle = try await lab.call(MoveTasks.start, start).taskHandle
    #expect(await lab.failure(MoveTasks.start, start)?.message.hasPrefix("There is already a task running.") == true)
    lab.advance(seconds: 1)
    try await lab.settle()
    #expect(try await lab.numbers("q") == [1, 0, 0])
    let cancelled = try await lab.call(
      MoveTasks.cancel, CancelMessageMoveTaskRequest(taskHandle: handle ?? ""))
    #expect(cancelled.approximateNumberOfMessagesMoved == 1)
    _ = try await lab.call(MoveTasks.start, StartMessageMoveTaskRequest(sourceArn: arn))
    try await lab.settle()
    #expect(try await lab.numbers("q") == [5, 0, 0])
    let tasks = try await lab.call(MoveTasks.list, ListMessageMoveTasksRequest(sourceArn: arn, maxResults: 10)).results
    #expect(tasks?.map(\.status) == ["COMPLETED", "CANCELLED"])
    #expect(tasks?.first?.approximateNumberOfMessagesMoved == 4)
    #expect(tasks?.first?.taskHandle == nil)
  }
}

@Suite("FIFO queues")
struct FIFOQueueTests {
  private func lab(_ more: [String: String] = [:]) async throws -> Lab {
    let lab = try Lab()
    try await lab.create("q.fifo", more.merging(["FifoQueue": "true"]) { old, _ in old })
    return lab
  }

  @Test("a group's messages come in order, and none while one is in flight")
  func groups() async throws {
    let lab = try await lab()
    for (body, group) in [("a1", "a"), ("b1", "b"), ("a2", "a"), ("a3", "a")] {
      try await lab.send("q.fifo", body, group: group, dedup: body)
    }
    let first = try await lab.receive("q.fifo", max: 2)
    #expect(first.map(\.body) == ["a1", "a2"])
    #expect(try await lab.bodies("q.fifo") == ["b1"])
    #expect(try await lab.numbers("q.fifo") == [1, 3, 0])
    try await lab.delete("q.fifo", first[0])
    #expect(try await lab.bodies("q.fifo") == [])
    try await lab.delete("q.fifo", first[1])
    #expect(try await lab.bodies("q.fifo") == ["a3"])
    lab.advance(seconds: 30)
    #expect(try await lab.bodies("q.fifo").sorted() == ["a3", "b1"])
  }

  @Test("groups take turns by age of their oldest message")
  func turns() async throws {
    let lab = try await lab()
    for (body, group) in [("a1", "a"), ("b1", "b"), ("a2", "a")] {
      try await lab.send("q.fifo", body, group: group, dedup: body)
      lab.advance(seconds: 0.001)
    }
    var order: [String?] = []
    while let message = try await lab.receive("q.fifo", max: 1).first {
      order.append(message.body)
      try await lab.delete("q.fifo", message)
    }
    #expect(order == ["a1", "b1", "a2"])
  }

  @Test("a message made visible again comes before those behind it")
  func returned() async throws {
    let lab = try await lab()
    for body in ["1", "2", "3"] { try await lab.send("q.fifo", body, group: "g", dedup: body) }
    let both = try await lab.receive("q.fifo", max: 2)
    try await lab.delete("q.fifo", both[0])
    try await lab.hide("q.fifo", both[1], seconds: 0)
    #expect(try await lab.bodies("q.fifo") == ["2", "3"])
  }

  @Test("a deduplication id is taken once in five minutes, even after a delete")
  func deduplication() async throws {
    let lab = try await lab()
    let first = try await lab.send("q.fifo", "one", group: "g", dedup: "x")
    try await lab.delete("q.fifo", try await lab.receive("q.fifo")[0])
    lab.advance(seconds: 299)
    let second = try await lab.send("q.fifo", "another", group: "h", dedup: "x")
    #expect(second.messageId == first.messageId && second.sequenceNumber == first.sequenceNumber)
    #expect(try await lab.bodies("q.fifo") == [])
    lab.advance(seconds: 1)
    #expect(try await lab.send("q.fifo", "one", group: "g", dedup: "x").messageId != first.messageId)
    #expect(try await lab.bodies("q.fifo") == ["one"])
  }

  @Test("content can stand for the id, and the scope can be the group")
  func scopes() async throws {
    let lab = try await lab([
      "ContentBasedDeduplication": "true", "DeduplicationScope": "messageGroup",
      "FifoThroughputLimit": "perMessageGroupId",
    ])
    for group in ["a", "a", "b"] { try await lab.send("q.fifo", "same", group: group) }
    let received = try await lab.receive("q.fifo")
    #expect(received.map { $0.attributes?["MessageGroupId"] } == ["a", "b"])
    #expect(
      received[0].attributes?["MessageDeduplicationId"]
        == "0967115f2813a3541eaef77de9d9d5773f1c0c04314b0bbfe4ff3b3b1c55b5d5")
    #expect(received[0].attributes?["SequenceNumber"]?.count == 20)
  }

  @Test("what is missing or misplaced is refused")
  func refusals() async throws {
    let lab = try await lab()
    func failure(_ group: String?, _ dedup: String?, _ delay: Int? = nil) async -> String? {
      await lab.failure(
        Sending.send,
        SendMessageRequest(
          queueUrl: "q.fifo", messageBody: "x", delaySeconds: delay, messageDeduplicationId: dedup,
          messageGroupId: group)
      )?.message
    }
    #expect(await failure(nil, "x") == "The request must contain the parameter MessageGroupId.")
    #expect(
      await failure("g", nil)
        == "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly"
    )
    #expect(
      await failure("g", "x", 2)
        == "Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for "
        + "this queue type.")
    #expect(await failure("g g", "x")?.contains("can only include alphanumeric and punctuation characters") == true)
  }

  @Test("an expired handle deletes nothing")
  func expiredHandles() async throws {
    let lab = try await lab()
    try await lab.send("q.fifo", "1", group: "g", dedup: "1")
    let message = try await lab.receive("q.fifo", visibility: 1)[0]
    lab.advance(seconds: 1)
    let handle = message.receiptHandle ?? ""
    #expect(
      await lab.failure(Deleting.delete, DeleteMessageRequest(queueUrl: "q.fifo", receiptHandle: handle))?.message
        == "Value \(handle) for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.")
  }

  @Test("a repeated attempt gets the same messages and handles, and hides them anew")
  func attempts() async throws {
    let lab = try await lab()
    for body in ["1", "2"] { try await lab.send("q.fifo", body, group: "g", dedup: body) }
    let first = try await lab.receive("q.fifo", attempt: "try")
    lab.advance(seconds: 20)
    let again = try await lab.receive("q.fifo", attempt: "try")
    #expect(again.map(\.receiptHandle) == first.map(\.receiptHandle))
    #expect(again[0].attributes?["ApproximateReceiveCount"] == "1")
    lab.advance(seconds: 20)
    #expect(try await lab.receive("q.fifo").isEmpty)
    try await lab.delete("q.fifo", first[0])
    #expect(try await lab.receive("q.fifo", attempt: "try").isEmpty)
  }

  @Test("the queue's delay holds for messages already sent")
  func delay() async throws {
    let lab = try await lab(["DelaySeconds": "100"])
    try await lab.send("q.fifo", "1", group: "g", dedup: "1")
    #expect(try await lab.numbers("q.fifo") == [0, 0, 1])
    lab.advance(seconds: 10)
    _ = try await lab.call(
      Attributes.set, SetQueueAttributesRequest(queueUrl: "q.fifo", attributes: ["DelaySeconds": "10"]))
    #expect(try await lab.bodies("q.fifo") == ["1"])
  }

  @Test("a poison message leaves for the dead-letter queue, and its group goes on")
  func deadLetters() async throws {
    let lab = try Lab()
    try await lab.create("dead.fifo", ["FifoQueue": "true"])
    let redrive = "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:dead.fifo\",\"maxReceiveCount\":1}"
    try await lab.create("q.fifo", ["FifoQueue": "true", "RedrivePolicy": redrive])
    for body in ["1", "2"] { try await lab.send("q.fifo", body, group: "g", dedup: body) }
    #expect(try await lab.bodies("q.fifo", max: 1, visibility: 0) == ["1"])
    #expect(try await lab.bodies("q.fifo") == ["2"])
    #expect(try await lab.bodies("dead.fifo") == ["1"])
    let standard = CreateQueueRequest(queueName: "s", attributes: ["RedrivePolicy": redrive])
    #expect(
      await lab.failure(Creating.create, standard)?.message.hasSuffix(
        "Reason: Dead-letter queue must be same type of queue as the source.") == true)
  }

  @Test("messages of a group that expire make way")
  func retention() async throws {
    let lab = try await lab(["MessageRetentionPeriod": "60"])
    try await lab.send("q.fifo", "old", group: "g", dedup: "1")
    lab.advance(seconds: 40)
    try await lab.send("q.fifo", "new", group: "g", dedup: "2")
    lab.advance(seconds: 20)
    #expect(try await lab.numbers("q.fifo") == [1, 0, 0])
    #expect(try await lab.bodies("q.fifo") == ["new"])
    lab.advance(seconds: 60)
    #expect(try await lab.bodies("q.fifo") == [])
    #expect(try await lab.numbers("q.fifo") == [0, 0, 0])
  }

  @Test("long polls wake when a group is free again")
  func longPolls() async throws {
    let lab = try await lab()
    for body in ["1", "2"] { try await lab.send("q.fifo", body, group: "g", dedup: body) }
    let first = try await lab.receive("q.fifo", max: 1)
    async let waiting = lab.receive("q.fifo", wait: 20)
    try await lab.parked(1)
    try await lab.delete("q.fifo", first[0])
    #expect(try await waiting.map(\.body) == ["2"])
  }
}

@Suite("Batches")
struct BatchTests {
  @Test("entries fail one by one")
  func partial() async throws {
    let lab = try Lab()
    try await lab.create("q")
    let result = try await lab.call(
      Sending.sendBatch,
      SendMessageBatchRequest(
        queueUrl: "q",
        entries: [
          SendMessageBatchRequestEntry(id: "good", messageBody: "x"),
          SendMessageBatchRequestEntry(id: "bad", messageBody: "x", delaySeconds: 1800),
          SendMessageBatchRequestEntry(id: "worse", messageBody: "\u{1}"),
        ]))
    #expect(result.successful.map(\.id) == ["good"])
    #expect(result.failed.map(\.id) == ["bad", "worse"])
    #expect(result.failed.map(\.code) == ["InvalidParameterValue", "InvalidMessageContents"])
    #expect(result.failed.map(\.senderFault) == [true, true])
    #expect(try await lab.numbers("q") == [1, 0, 0])
    let message = try await lab.receive("q")[0]
    let deleted = try await lab.call(
      Deleting.deleteBatch,
      DeleteMessageBatchRequest(
        queueUrl: "q",
        entries: [
          DeleteMessageBatchRequestEntry(id: "1", receiptHandle: message.receiptHandle ?? ""),
          DeleteMessageBatchRequestEntry(id: "2", receiptHandle: "nonsense"),
        ]))
    #expect(deleted.successful.map(\.id) == ["1"])
    #expect(deleted.failed.map(\.code) == ["ReceiptHandleIsInvalid"])
  }

  @Test("whole batches are refused for their ids, their number and their size")
  func whole() async throws {
    let lab = try Lab()
    try await lab.create("q")
    func failure(_ ids: [String], body: String = "x") async -> AWSError? {
      await lab.failure(
        Sending.sendBatch,
        SendMessageBatchRequest(
          queueUrl: "q", entries: ids.map { SendMessageBatchRequestEntry(id: $0, messageBody: body) }))
    }
    #expect(await failure([])?.code == "EmptyBatchRequest")
    #expect(
      await failure((0..<20).map { "\($0)" })?.message
        == "Maximum number of entries per request are 10. You have sent 20.")
    for id in ["", "invalid:id", String(repeating: "a", count: 81)] {
      #expect(await failure([id])?.code == "InvalidBatchEntryId")
    }
    #expect(await failure(["a", "a"])?.message == "Id a repeated.")
    let error = await failure(["a", "b"], body: String(repeating: "x", count: 524_289))
    #expect(error?.message == "Batch requests cannot be longer than 1048576 bytes. You have sent 1048578 bytes.")
  }
}

extension Lab {
  /// Waits until so many long polls are parked.
  func parked(_ count: Int) async throws {
    for _ in 0..<1000 {
      if store.waitingCount == count { return }
      try await Task.sleep(for: .milliseconds(2))
    }
    Issue.record("no \(count) polls are parked, but \(store.waitingCount)")
  }

  /// Lets the timers that are due run, and those they start for now.
  func settle() async throws {
    for _ in 0..<20 {
      _ = try await store.transact { transaction throws(AWSError) in transaction.now }
      try await Task.sleep(for: .milliseconds(1))
    }
  }
}
