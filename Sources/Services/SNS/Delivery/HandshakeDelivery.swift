import Cloud
import Wire

/// Delivers handshakes: to web endpoints, to queues of other accounts, to the outbox.
struct HandshakeDelivery {
  let identity: SigningIdentity
  let web: WebEndpoint

  func run(_ work: Work, _ context: WorkContext) async throws(AWSError) -> WorkOutcome {
    var handshake = try Handshake(encoded: work.request.content)
    let body = try Notification.text(handshake, identity)
    let attempt: Attempt
    switch handshake.kind {
    case .http, .https: attempt = await web.deliver(handshake, body)
    case .sqs: attempt = await send(handshake, body, context)
    case .email, .emailJSON:
      let letter = HandshakeDelivery.letter(handshake, body)
      return .doneWriting { transaction throws(AWSError) in
        try Outbox.post(letter, in: work.request.scope, transaction)
      }
    case .sms, .lambda, .firehose, .application: return .done
    }
    guard case .failed = attempt, let delay = RetryPolicy.standard.delay(before: handshake.attempt) else {
      return .done
    }
    handshake.attempt += 1
    return .retry(afterMilliseconds: delay, content: try handshake.encoded())
  }

  private func send(_ handshake: Handshake, _ body: String, _ context: WorkContext) async -> Attempt {
    guard let queue = Endpoint.queue(handshake.endpoint) else { return .refused("the endpoint is no queue") }
    var members: [JSONValue.Member] = [
      .init("QueueUrl", .string(queue.url)), .init("MessageBody", .string(body)),
    ]
    if queue.isFIFO {
      members.append(.init("MessageGroupId", .string(handshake.messageID)))
      members.append(.init("MessageDeduplicationId", .string(handshake.messageID)))
    }
    do throws(AWSError) {
      _ = try await context.calls.call(
        "SendMessage", of: "sqs", .object(members), as: .service(SNSService.principal), in: queue.region,
        facts: .service(
          SNSService.principal, sourceARN: handshake.topicARN, sourceAccount: ARN(handshake.topicARN)?.accountID))
      return .delivered
    } catch { return Attempt(error) }
  }

  private static func letter(_ handshake: Handshake, _ body: String) -> OutboxRecord {
    let isConfirmation = handshake.occasion == .subscribing
    let text =
      isConfirmation
      ? "You have chosen to subscribe to the topic:\n\(handshake.topicARN)\n\nTo confirm this subscription, click or visit "
        + "the link below (If this was in error no action is necessary):\n\(handshake.url)\n"
      : "Your subscription to the topic below has been deactivated:\n\(handshake.topicARN)\n\nIf this was in error, click or "
        + "visit the link below to restore the subscription:\n\(handshake.url)\n"
    return OutboxRecord(
      kind: handshake.kind == .emailJSON ? .emailJSON : .email, to: handshake.endpoint, from: nil,
      subject: isConfirmation
        ? "AWS Notification - Subscription Confirmation" : "AWS Notification - Unsubscribe Confirmation",
      body: handshake.kind == .emailJSON ? body : text, messageID: handshake.messageID, topicARN: handshake.topicARN,
      subscriptionARN: handshake.subscriptionARN, link: handshake.url)
  }
}
