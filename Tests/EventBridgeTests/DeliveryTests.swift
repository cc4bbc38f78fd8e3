import Foundation
import Logging
import Synchronization
import Testing
import Wire

@testable import Cloud
@testable import EventBridge

/// Queues that take messages when they like.
private final class Queues: OperationCalls {
  private let sent = Mutex<[(queue: String, input: JSONValue)]>([])
  private let answers: Mutex<[AWSError]>

  /// - Parameter failures: how the first calls to `box` end.
  init(failing failures: [AWSError]) { answers = Mutex(failures) }

  /// The calls that were taken, by the queue's name.
  func taken(by queue: String) -> [JSONValue] { sent.withLock { $0 }.filter { $0.queue == queue }.map(\.input) }

  func exchange(
    _ operation: String, of service: String, _ input: JSONValue, body: [UInt8]?, as caller: Caller, in region: Region,
    facts: RequestFacts?
  ) async throws(AWSError) -> CallAnswer {
    guard service == "sqs", facts?.sourceARN == "arn:aws:events:us-east-1:123456789012:rule/r" else {
      throw .notImplemented(operation, of: service)
    }
    let queue = input["QueueUrl"]?.string?.split(separator: "/").last.map(String.init) ?? ""
    if queue == "box", let failure = answers.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { throw failure }
    sent.withLock { $0.append((queue, input)) }
    return CallAnswer(output: .object([]))
  }

  func call(
    _ operation: String, of service: String, _ input: JSONValue, as caller: Caller, in region: Region,
    facts: RequestFacts, requestID: String, isRecorded: Bool, within transaction: Transaction
  ) throws(AWSError) -> JSONValue { throw .notImplemented(operation, of: service) }
}

@Suite("Deliveries", .timeLimit(.minutes(1)))
struct DeliveryTests {
  private let folder = NSTemporaryDirectory() + "events-\(UUID().uuidString)"
  private let clock = CloudClock()
  private let random = RandomSource(seed: 1)
  private let indexes = RuleIndexes()
  private let store: Store
  private let bus: Bus

  init() throws {
    clock.setScale(0)
    bus = Bus("default", try #require(AccountID("123456789012")), .usEast1)
    store = try Store(
      at: .memory, clock: clock, random: random,
      blobs: try Blobs(folder: folder, isForcedToDisk: false, random: random),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  /// Runs a delivery of one event to `box` until it isn't tried again, with the clock moved as far as it asks.
  /// - Returns: the delays.
  private func deliver(_ queues: Queues, _ policy: RetryPolicy?) async throws -> [Int64] {
    let (bus, random) = (bus, random)
    let target = try TargetRecord(
      Target(
        id: "t", arn: "arn:aws:sqs:us-east-1:123456789012:box",
        deadLetterConfig: DeadLetterConfig(arn: "arn:aws:sqs:us-east-1:123456789012:dead"), retryPolicy: policy))
    let event = Event(
      id: "1", detailType: "t", source: "app", account: "123456789012", time: clock.now, region: "us-east-1",
      resources: [], detail: .object([]), ingested: clock.now)
    try await store.transact { transaction throws(AWSError) in
      var rule = RuleRecord(
        bus: "default", name: "r", id: random.uuid(), pattern: "{\"source\":[\"app\"]}", state: .enabled,
        createdBy: "123456789012")
      rule.targets = [target]
      try transaction.put(rule, in: bus.scope)
      try bus.renewRules(transaction)
    }
    var batch = DeliveryBatch(bus, revision: 0)
    batch.events = [event]
    batch.deliveries = [DeliveryBatch.Delivery(rule: "r", target: "t", events: [0])]
    var work = Work(request: batch.request, id: 1, attempt: 0, requested: clock.now)
    let context = WorkContext(
      calls: queues, store: store, clock: clock, random: random,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    var delays: [Int64] = []
    while case .retry(let delay, let content) = try await Delivering(indexes: indexes).run(work, context) {
      delays.append(delay)
      clock.advance(milliseconds: delay)
      work.attempt += 1
      if let content { work.request.content = content }
    }
    return delays
  }

  private static func told(_ message: JSONValue?) -> [String: String] {
    var result: [String: String] = [:]
    for member in message?["MessageAttributes"]?.object ?? [] {
      result[member.name] = member.value["StringValue"]?.string
    }
    return result
  }

  private static let broken = AWSError.internalFailure("It broke.")

  @Test("a target that comes back gets its event") func comesBack() async throws {
    let queues = Queues(failing: [DeliveryTests.broken, DeliveryTests.broken])
    let delays = try await deliver(queues, nil)
    #expect(delays.count == 2)
    #expect((900...1000).contains(delays[0]))
    #expect((1800...2000).contains(delays[1]))
    #expect(queues.taken(by: "box").count == 1)
    #expect(queues.taken(by: "dead").isEmpty)
  }

  @Test("after so many tries the event is dead") func attempts() async throws {
    let queues = Queues(failing: Array(repeating: DeliveryTests.broken, count: 10))
    #expect(try await deliver(queues, RetryPolicy(maximumRetryAttempts: 3)).count == 3)
    let dead = try #require(queues.taken(by: "dead").first)
    #expect(
      DeliveryTests.told(dead) == [
        "RULE_ARN": "arn:aws:events:us-east-1:123456789012:rule/r",
        "TARGET_ARN": "arn:aws:sqs:us-east-1:123456789012:box", "ERROR_CODE": "INTERNAL_ERROR",
        "ERROR_MESSAGE": "It broke.", "EXHAUSTED_RETRY_CONDITION": "MaximumRetryAttempts", "RETRY_ATTEMPTS": "3",
      ])
    #expect(dead["MessageBody"]?.string?.contains("\"id\":\"1\"") == true)
  }

  @Test("an event that is too old is dead") func age() async throws {
    let queues = Queues(failing: Array(repeating: DeliveryTests.broken, count: 100))
    let delays = try await deliver(queues, RetryPolicy(maximumEventAgeInSeconds: 60))
    #expect(delays.reduce(0, +) == 60_000)
    #expect(
      DeliveryTests.told(queues.taken(by: "dead").first)["EXHAUSTED_RETRY_CONDITION"] == "MaximumEventAgeInSeconds")
  }

  @Test("a day and 185 tries by default") func day() async throws {
    let queues = Queues(failing: Array(repeating: DeliveryTests.broken, count: 1000))
    let delays = try await deliver(queues, nil)
    #expect(delays.count == 185)
    #expect((70_000_000...86_400_000).contains(delays.reduce(0, +)))
  }

  @Test("what is not allowed is not tried again") func denied() async throws {
    let queues = Queues(failing: [AWSError("AccessDenied", "No.", status: 403)])
    #expect(try await deliver(queues, nil).isEmpty)
    let told = DeliveryTests.told(queues.taken(by: "dead").first)
    #expect(told["ERROR_CODE"] == "NO_PERMISSIONS")
    #expect(told["EXHAUSTED_RETRY_CONDITION"] == nil)
  }
}
