import Cloud
import Foundation
import Identity
import Logging
import Wire

@testable import IAM

/// A store in memory, and IAM's handlers called in it as the front door would, by a root user who may do anything.
final class Laboratory: Sendable {
  struct Anything: Authorizing {
    func judge(_ check: AccessCheck, _ context: Context, _ transaction: Transaction) throws(AWSError) -> Denial? { nil }
  }

  let clock = CloudClock()
  let store: Store
  let context: Context

  init() throws {
    clock.setScale(0)
    let folder = NSTemporaryDirectory() + "iam-tests-" + UUID().uuidString
    let random = RandomSource()
    let blobs = try Blobs(folder: folder, isForcedToDisk: false, random: random)
    store = try Store(at: .memory, clock: clock, random: random, blobs: blobs, logger: Logger(label: "test"))
    context = Context(
      requestID: "test", caller: .root(of: .first), region: .usEast1,
      request: RequestFacts(
        method: "POST", path: "/", query: "", headers: [], sourceIP: "127.0.0.1", isSecure: false),
      service: IAMService.definition(), authorizer: Anything())
  }

  /// Calls a handler.
  func call<Input: Structure, Output: Structure>(
    _ handler: @escaping @Sendable (Input, Context, Transaction) throws(AWSError) -> Output, _ input: Input
  ) async throws -> Output {
    try await store.transact { [context] transaction throws(AWSError) in try handler(input, context, transaction) }
  }

  /// Runs something in a transaction.
  func run<Answer: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws(AWSError) -> Answer
  ) async throws -> Answer {
    try await store.transact(body)
  }

  /// The error of a handler; nothing if it succeeds.
  func failure<Input: Structure, Output: Structure>(
    _ handler: @escaping @Sendable (Input, Context, Transaction) throws(AWSError) -> Output, _ input: Input
  ) async -> AWSError? {
    do { _ = try await call(handler, input) } catch { return error as? AWSError }
    return nil
  }
}
