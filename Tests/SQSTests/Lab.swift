import Cloud
import Foundation
import Logging
import Wire

@testable import SQS

/// A store in memory, and SQS's handlers called in it as the front door would, by a caller who may do anything.
final class Lab: Sendable {
  struct Anything: Authorizing {
    func judge(_ check: AccessCheck, _ context: Context, _ transaction: Transaction) throws(AWSError) -> Denial? { nil }
  }

  let clock = CloudClock()
  let store: Store
  let context: Context

  init() throws {
    clock.setScale(0)
    let folder = NSTemporaryDirectory() + "sqs-tests-" + UUID().uuidString
    let random = RandomSource(seed: 7)
    let blobs = try Blobs(folder: folder, isForcedToDisk: false, random: random)
    store = try Store(at: .memory, clock: clock, random: random, blobs: blobs, logger: Logger(label: "test"))
    store.setTimerHandlers(SQSService.definition.timers.map { ["sqs": $0] } ?? [:])
    context = Context(
      requestID: "test", caller: .root(of: .first), region: .usEast1,
      request: RequestFacts(
        method: "POST", path: "/", query: "", headers: [("Host", "localhost:4566")], sourceIP: "127.0.0.1",
        isSecure: false),
      service: SQSService.definition, authorizer: Anything())
  }

  deinit { store.close() }

  func advance(seconds: Double) { clock.advance(milliseconds: Int64(seconds * 1000)) }

  /// Runs one handler in one transaction.
  func call<Input: Sendable, Output: Sendable>(
    _ handler: @escaping @Sendable (Input, Context, Transaction) throws(AWSError) -> Output, _ input: Input
  ) async throws(AWSError) -> Output {
    let context = context
    return try await store.transact { transaction throws(AWSError) in try handler(input, context, transaction) }
  }

  /// The error that a handler answers; nothing if it succeeds.
  func failure<Input: Sendable, Output: Sendable>(
    _ handler: @escaping @Sendable (Input, Context, Transaction) throws(AWSError) -> Output, _ input: Input
  ) async -> AWSError? {
    do {
      _ = try await call(handler, input)
      return nil
    } catch { return error }
  }

  func create(_ name: String, _ attributes: [String: String] = [:]) async throws {
    _ = try await call(Creating.create, CreateQueueRequest(queueName: name, attributes: attributes))
  }

  @discardableResult
  func send(
    _ queue: String, _ body: String, group: String? = nil, dedup: String? = nil, delay: Int? = nil
  ) async throws(AWSError) -> SendMessageResult {
    try await call(
      Sending.send,
      SendMessageRequest(
        queueUrl: queue, messageBody: body, delaySeconds: delay, messageDeduplicationId: dedup, messageGroupId: group))
  }

  func receive(
    _ queue: String, max: Int = 10, visibility: Int? = nil, wait: Int? = nil, attempt: String? = nil
  ) async throws(AWSError) -> [Message] {
    let context = context
    let input = ReceiveMessageRequest(
      queueUrl: queue, messageSystemAttributeNames: ["All"], messageAttributeNames: ["All"], maxNumberOfMessages: max,
      visibilityTimeout: visibility, waitTimeSeconds: wait, receiveRequestAttemptId: attempt)
    return try await store.run { transaction throws(AWSError) in try Receiving.receive(input, context, transaction) }
      .messages ?? []
  }

  func bodies(_ queue: String, max: Int = 10, visibility: Int? = nil, wait: Int? = nil) async throws -> [String] {
    try await receive(queue, max: max, visibility: visibility, wait: wait).compactMap(\.body)
  }

  func delete(_ queue: String, _ message: Message) async throws(AWSError) {
    _ = try await call(
      Deleting.delete, DeleteMessageRequest(queueUrl: queue, receiptHandle: message.receiptHandle ?? ""))
  }

  func hide(_ queue: String, _ message: Message, seconds: Int) async throws(AWSError) {
    _ = try await call(
      ChangingVisibility.change,
      ChangeMessageVisibilityRequest(
        queueUrl: queue, receiptHandle: message.receiptHandle ?? "", visibilityTimeout: seconds))
  }

  /// Visible, in flight, delayed.
  func numbers(_ queue: String) async throws -> [Int] {
    let names = ["", "NotVisible", "Delayed"].map { "ApproximateNumberOfMessages\($0)" }
    let found = try await call(Attributes.get, GetQueueAttributesRequest(queueUrl: queue, attributeNames: names))
    return names.map { found.attributes?[$0].flatMap { Int($0) } ?? -1 }
  }
}
