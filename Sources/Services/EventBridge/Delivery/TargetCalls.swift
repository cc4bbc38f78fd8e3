import Cloud
import Foundation
import Wire

/// Calls targets: one call for as many events as the target's API takes at once.
struct TargetCalls: Sendable {
  /// An event and what the target gets for it.
  struct Item: Sendable {
    var index: Int
    var event: Event
    var input: String
  }

  let context: WorkContext
  let bus: Bus
  let rule: RuleRecord

  private var ruleARN: String { bus.ruleARN(rule.name) }

  /// - Returns: the failures, by the items' indexes.
  func send(_ items: [Item], to target: Target) async -> [Int: DeliveryFailure] {
    do throws(DeliveryFailure) {
      guard let arn = ARN(target.arn) else {
        throw DeliveryFailure(code: "INVALID_PARAMETER", message: "\(target.arn) is not an ARN.", isRetried: false)
      }
      let asking = try await whoAsks(target)
      switch arn.service {
      case "sqs": return await sendToQueue(items, arn, target, asking)
      case "sns":
        return await each(items) { item async throws(DeliveryFailure) in try await publish(item, arn, asking) }
      case "logs":
        return await each(items) { item async throws(DeliveryFailure) in try await log(item, arn, asking) }
      case "events" where arn.resource.hasPrefix("event-bus/"): return try await forward(items, target, asking)
      case "lambda":
        let name = JSONValue.string(target.arn)
        return await each(items) { item async throws(DeliveryFailure) in
          try await call(
            "Invoke", of: "lambda", [("FunctionName", name), ("InvocationType", .string("Event"))],
            body: Array(item.input.utf8), arn, asking)
        }
      case "events" where arn.resource.hasPrefix("api-destination/"):
        return try await WebTarget(context: context).send(items, to: target, arn, as: asking.caller, asking.facts)
      default:
        throw DeliveryFailure(
          code: "SDK_CLIENT_ERROR",
          message: "\(arn.service) targets are not built in Hakoniwa; docs/eventbridge.md lists what is.",
          isRetried: false)
      }
    } catch {
      return Dictionary(items.map { ($0.index, error) }, uniquingKeysWith: { first, _ in first })
    }
  }

  // MARK: Who calls

  private struct Asking: Sendable {
    var caller: Caller
    var facts: RequestFacts
  }

  /// The target's role, if it has one; otherwise EventBridge itself, for the rule.
  private func whoAsks(_ target: Target) async throws(DeliveryFailure) -> Asking {
    let facts = RequestFacts.service(Forwarding.principal, sourceARN: ruleARN, sourceAccount: bus.account)
    guard let role = target.roleArn else { return Asking(caller: .service(Forwarding.principal), facts: facts) }
    do throws(AWSError) {
      let input = JSONValue.object([
        .init("RoleArn", .string(role)), .init("RoleSessionName", .string(context.random.text(32, .hexadecimal))),
      ])
      let answer = try await context.calls.call(
        "AssumeRole", of: "sts", input, as: .service(Forwarding.principal), in: bus.region, facts: facts)
      guard let caller = Caller.assumed(role, answer) else { throw .internalFailure("AssumeRole gave no session.") }
      return Asking(caller: caller, facts: .service(Forwarding.principal))
    } catch {
      let failure = DeliveryFailure(error)
      throw DeliveryFailure(
        code: failure.isRetried ? "TRANSIENT_ASSUME_ROLE" : "FAILED_TO_ASSUME_ROLE", message: error.message,
        isRetried: failure.isRetried)
    }
  }

  @discardableResult
  private func call(
    _ operation: String, of service: String, _ input: [(String, JSONValue)], body: [UInt8]? = nil, _ arn: ARN,
    _ asking: Asking
  ) async throws(DeliveryFailure) -> JSONValue {
    do throws(AWSError) {
      return try await context.calls.exchange(
        operation, of: service, .object(input.map { JSONValue.Member($0.0, $0.1) }), body: body, as: asking.caller,
        in: Region(arn.region) ?? bus.region, facts: asking.facts
      ).output
    } catch { throw DeliveryFailure(error) }
  }

  private func each(
    _ items: [Item], _ send: (Item) async throws(DeliveryFailure) -> Void
  ) async -> [Int: DeliveryFailure] {
    var failures: [Int: DeliveryFailure] = [:]
    for item in items {
      do throws(DeliveryFailure) { try await send(item) } catch { failures[item.index] = error }
    }
    return failures
  }

  // MARK: Queues

  /// AWS: SendMessageBatch takes ten messages and a megabyte; a quarter of that here, for what is around the bodies.
  private static let batch = (count: 10, bytes: 256 * 1024)

  private func sendToQueue(
    _ items: [Item], _ arn: ARN, _ target: Target, _ asking: Asking
  ) async -> [Int: DeliveryFailure] {
    var failures: [Int: DeliveryFailure] = [:]
    var rest = items[...]
    while !rest.isEmpty {
      var bytes = 0
      let part = rest.prefix { item in
        bytes += item.input.utf8.count
        return bytes <= TargetCalls.batch.bytes
      }.prefix(TargetCalls.batch.count)
      let sent = part.isEmpty ? rest.prefix(1) : part
      rest = rest.dropFirst(sent.count)
      do throws(DeliveryFailure) {
        for (index, failure) in try await sendPart(sent, arn, target, asking) { failures[index] = failure }
      } catch {
        for item in sent { failures[item.index] = error }
      }
    }
    return failures
  }

  private func sendPart(
    _ items: ArraySlice<Item>, _ arn: ARN, _ target: Target, _ asking: Asking
  ) async throws(DeliveryFailure) -> [Int: DeliveryFailure] {
    let entries = items.map { item in
      var entry: [JSONValue.Member] = [
        .init("Id", .string(String(item.index))), .init("MessageBody", .string(item.input)),
      ]
      if let group = target.sqsParameters?.messageGroupId, arn.resource.hasSuffix(".fifo") {
        entry.append(.init("MessageGroupId", .string(group)))
      }
      if let trace = item.event.traceHeader {
        entry.append(.init("MessageSystemAttributes", .object([.init("AWSTraceHeader", TargetCalls.attribute(trace))])))
      }
      return JSONValue.object(entry)
    }
    let answer = try await call(
      "SendMessageBatch", of: "sqs", [("QueueUrl", .string(TargetCalls.url(arn))), ("Entries", .array(entries))], arn,
      asking)
    var failures: [Int: DeliveryFailure] = [:]
    for failed in answer["Failed"]?.array ?? [] {
      guard let index = failed["Id"]?.string.flatMap({ Int($0) }) else { continue }
      failures[index] = DeliveryFailure(
        error: failed["Code"]?.string ?? "", failed["Message"]?.string ?? "",
        isOfReceiver: failed["SenderFault"]?.bool == false)
    }
    return failures
  }

  static func url(_ arn: ARN) -> String { "https://sqs.\(arn.region).amazonaws.com/\(arn.account)/\(arn.resource)" }

  static func attribute(_ text: String) -> JSONValue {
    .object([.init("DataType", .string("String")), .init("StringValue", .string(text))])
  }

  // MARK: Topics and log groups

  private func publish(_ item: Item, _ arn: ARN, _ asking: Asking) async throws(DeliveryFailure) {
    try await call(
      "Publish", of: "sns", [("TopicArn", .string(arn.description)), ("Message", .string(item.input))], arn, asking)
  }

  /// AWS writes into streams of its own making; here each rule has one.
  private func log(_ item: Item, _ arn: ARN, _ asking: Asking) async throws(DeliveryFailure) {
    var group = String(arn.resource.dropFirst("log-group:".count))
    if group.hasSuffix(":*") { group.removeLast(2) }
    var time = item.event.time.milliseconds
    var message = item.input
    // AWS: with an input transformer the template gives `timestamp` and `message`.
    if item.input != item.event.json.text, let given = JSONValue(json: Array(item.input.utf8)),
      let text = given["message"]
    {
      message = text.string ?? text.text
      time = given["timestamp"]?.integer.map { Int64($0) } ?? time
    }
    let stream: [(String, JSONValue)] = [("logGroupName", .string(group)), ("logStreamName", .string(rule.id))]
    let entry = JSONValue.object([.init("timestamp", .integer(time)), .init("message", .string(message))])
    let put = stream + [("logEvents", JSONValue.array([entry]))]
    do throws(DeliveryFailure) { try await call("PutLogEvents", of: "logs", put, arn, asking) } catch {
      guard error.code == "NO_RESOURCE" else { throw error }
      do throws(DeliveryFailure) { try await call("CreateLogStream", of: "logs", stream, arn, asking) } catch {
        // Another delivery may have made it in between.
        guard error.code == "ERROR_FROM_TARGET" else { throw error }
      }
      try await call("PutLogEvents", of: "logs", put, arn, asking)
    }
  }

  // MARK: Other buses

  /// AWS: EventBridge user guide, "Sending and receiving events between event buses": an event is handed on once; a second bus
  /// doesn't hand it on to a third.
  private func forward(
    _ items: [Item], _ target: Target, _ asking: Asking
  ) async throws(DeliveryFailure) -> [Int: DeliveryFailure] {
    guard let other = Bus(arn: target.arn) else {
      throw DeliveryFailure(code: "INVALID_PARAMETER", message: "\(target.arn) is not an event bus.", isRetried: false)
    }
    var failures: [Int: DeliveryFailure] = [:]
    for item in items where item.event.isForwarded {
      failures[item.index] = DeliveryFailure(
        code: other.region == bus.region ? "THIRD_ACCOUNT_HOP_DETECTED" : "THIRD_REGION_HOP_DETECTED",
        message: "Events received from another event bus cannot be forwarded to this event bus.", isRetried: false)
    }
    let sent = items.filter { !$0.event.isForwarded }
    if sent.isEmpty { return failures }
    // Without a role the account itself asks: the other bus's policy must allow it.
    var asking = asking
    if target.roleArn == nil { asking.caller = .root(of: bus.account) }
    for start in stride(from: 0, to: sent.count, by: TargetCalls.batch.count) {
      let part = Array(sent[start..<min(start + TargetCalls.batch.count, sent.count)])
      do throws(DeliveryFailure) {
        for (index, failure) in try await forwardPart(part, to: other, asking) { failures[index] = failure }
      } catch {
        for item in part { failures[item.index] = error }
      }
    }
    return failures
  }

  private func forwardPart(
    _ items: [Item], to other: Bus, _ asking: Asking
  ) async throws(DeliveryFailure) -> [Int: DeliveryFailure] {
    // The facts of a call that isn't the service's own speak for nothing.
    var asking = asking
    asking.facts = .service(Forwarding.principal)
    Forwarding.add(items.map(\.event), to: &asking.facts)
    let entries = items.map { item in
      var entry: [JSONValue.Member] = [
        .init("Time", .double(item.event.time.epochSeconds)), .init("Source", .string(item.event.source)),
        .init("Resources", .array(item.event.resources.map { .string($0) })),
        .init("DetailType", .string(item.event.detailType)), .init("Detail", .string(item.event.detail.text)),
        .init("EventBusName", .string(other.arn)),
      ]
      if let trace = item.event.traceHeader { entry.append(.init("TraceHeader", .string(trace))) }
      return JSONValue.object(entry)
    }
    let answer = try await call(
      "PutEvents", of: "events", [("Entries", .array(entries))],
      ARN("events", region: other.region, account: other.account, "event-bus/\(other.name)"), asking)
    var failures: [Int: DeliveryFailure] = [:]
    for (place, result) in (answer["Entries"]?.array ?? []).enumerated() where place < items.count {
      guard let code = result["ErrorCode"]?.string else { continue }
      failures[items[place].index] = DeliveryFailure(
        error: code, result["ErrorMessage"]?.string ?? "", isOfReceiver: code == "InternalFailure")
    }
    return failures
  }
}

extension Caller {
  /// The session that AssumeRole has answered with.
  fileprivate static func assumed(_ role: String, _ answer: JSONValue) -> Caller? {
    guard let account = ARN(role)?.accountID, let user = answer["AssumedRoleUser"], let arn = user["Arn"]?.string,
      let id = user["AssumedRoleId"]?.string, let colon = id.firstIndex(of: ":"),
      let expires = answer["Credentials"]?["Expiration"]?.double.flatMap({ Timestamp(epochSeconds: $0) })
    else { return nil }
    let name = String(id[id.index(after: colon)...])
    return Caller(
      kind: .assumedRole(roleARN: role, roleID: String(id[..<colon]), sessionName: name), account: account, arn: arn,
      userID: id, accessKeyID: answer["Credentials"]?["AccessKeyId"]?.string,
      session: Session(issued: expires.adding(seconds: -3600), expires: expires))
  }
}
