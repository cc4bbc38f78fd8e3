import Cloud
import Foundation
import Wire

/// Does the work of a ``DeliveryBatch``: calls the targets, tries again what failed for a while, and gives up what doesn't go.
struct Delivering: Sendable {
  let indexes: RuleIndexes

  func run(_ work: Work, _ context: WorkContext) async throws(AWSError) -> WorkOutcome {
    guard work.request.name == DeliveryBatch.workName else { return .done }
    let batch = try DeliveryBatch(encoded: work.request.content, scope: work.request.scope)
    let index = try await rules(of: batch, context)
    var left: [DeliveryBatch.Delivery] = []
    var wait = Int64.max
    for delivery in batch.deliveries {
      // What was deleted in between gets nothing more.
      guard let entry = index?.byName[delivery.rule],
        let target = entry.targets.first(where: { $0.record.id == delivery.target })
      else { continue }
      let attempt = Attempt(batch: batch, rule: entry.rule, target: target, retries: work.attempt, context: context)
      let (again, delay) = try await attempt.deliver(delivery.events)
      if !again.isEmpty {
        var rest = delivery
        rest.events = again
        left.append(rest)
        wait = min(wait, delay)
      }
    }
    if left.isEmpty { return .done }
    var rest = batch
    rest.deliveries = left
    return .retry(afterMilliseconds: wait, content: rest.encoded)
  }

  private func rules(of batch: DeliveryBatch, _ context: WorkContext) async throws(AWSError) -> RuleIndex? {
    if let index = indexes.index(of: batch.bus, revision: batch.revision) { return index }
    let (indexes, bus) = (indexes, batch.bus)
    return try await context.store.transact { transaction throws(AWSError) in try indexes.index(of: bus, transaction) }
  }

  /// One target's turn.
  private struct Attempt: Sendable {
    let batch: DeliveryBatch
    let rule: RuleRecord
    let target: PreparedTarget
    let retries: Int
    let context: WorkContext

    private var ruleARN: String { batch.bus.ruleARN(rule.name) }

    /// - Returns: the events that are to be tried again, and in how many milliseconds.
    func deliver(_ events: [Int]) async throws(AWSError) -> (again: [Int], delay: Int64) {
      let rules = RetryRules(target.target.retryPolicy)
      var items: [TargetCalls.Item] = []
      for index in events where index < batch.events.count {
        let event = batch.events[index]
        let envelope = event.json
        let facts = InputTemplate.Facts(event: event, ruleARN: ruleARN, ruleName: rule.name)
        let item = TargetCalls.Item(
          index: index, event: event, input: target.input(facts, envelope, envelope.text))
        if target.template?.isJSON == true, JSONValue(json: Array(item.input.utf8)) == nil {
          let message = "The input that the target's template gives is not JSON."
          await giveUp(item, DeliveryFailure(code: "INVALID_JSON", message: message, isRetried: false), nil)
        } else {
          items.append(item)
        }
      }
      if items.isEmpty { return ([], 0) }
      let calls = TargetCalls(context: context, bus: batch.bus, rule: rule)
      let failures = await calls.send(items, to: target.target)
      if failures.isEmpty { return ([], 0) }
      if Task.isCancelled { throw .serviceUnavailable() }
      var again: [Int] = []
      var delay = Int64.max
      let now = context.clock.now
      for item in items {
        guard let failure = failures[item.index] else { continue }
        let exhaustion = rules.exhaustion(retries: retries, ingested: item.event.ingested, now: now)
        if failure.isRetried, exhaustion == nil {
          again.append(item.index)
          let jitter = Double(context.random.next() >> 11) / Double(1 << 53)
          delay = min(
            delay, rules.delay(retries: retries, ingested: item.event.ingested, now: now, jitter: jitter))
        } else {
          await giveUp(item, failure, failure.isRetried ? exhaustion : nil)
        }
      }
      return (again, again.isEmpty ? 0 : delay)
    }

    /// Puts an event into the dead-letter queue of the target or of the bus; without one it is gone, which the log says.
    private func giveUp(
      _ item: TargetCalls.Item, _ failure: DeliveryFailure, _ exhaustion: DeliveryFailure.Exhaustion?
    ) async {
      let told: [String: String] = ["event": item.event.id, "rule": ruleARN, "target": target.record.arn]
      guard let text = target.target.deadLetterConfig?.arn, let queue = ARN(text) else {
        context.logger.warning(
          "an event was dropped, for its target did not take it: \(failure.code) \(failure.message)",
          metadata: told.mapValues { "\($0)" })
        return
      }
      context.logger.notice(
        "an event goes to a dead-letter queue: \(failure.code) \(failure.message)", metadata: told.mapValues { "\($0)" }
      )
      var attributes: [(String, String)] = [
        ("RULE_ARN", ruleARN), ("TARGET_ARN", target.record.arn), ("ERROR_CODE", failure.code),
        ("ERROR_MESSAGE", failure.message.isEmpty ? failure.code : failure.message),
      ]
      if let exhaustion { attributes.append(("EXHAUSTED_RETRY_CONDITION", exhaustion.rawValue)) }
      attributes.append(("RETRY_ATTEMPTS", String(retries)))
      // AWS: the queue gets the event as it came, not what the target would have got.
      let input = JSONValue.object([
        .init("QueueUrl", .string(TargetCalls.url(queue))), .init("MessageBody", .string(item.event.json.text)),
        .init("MessageAttributes", .object(attributes.map { .init($0.0, TargetCalls.attribute($0.1)) })),
      ])
      do throws(AWSError) {
        _ = try await context.calls.call(
          "SendMessage", of: "sqs", input, as: .service(Forwarding.principal),
          in: Region(queue.region) ?? batch.bus.region,
          facts: .service(Forwarding.principal, sourceARN: ruleARN, sourceAccount: batch.bus.account))
      } catch {
        context.logger.warning(
          "an event was dropped, for its dead-letter queue did not take it: \(error)",
          metadata: told.mapValues { "\($0)" })
      }
    }
  }
}
