import Cloud
import Wire

/// Delivers within a transaction: to queues, as the service principal `sns.amazonaws.com` whom their policies must allow, and to
/// the outbox. What fails is tried again, or goes to the subscription's dead-letter queue.
struct Post: Sendable {
  let calls: any OperationCalls
  let scope: Scope

  /// Delivers a parcel whose endpoint is within the cloud.
  /// - Parameter retry: how often it was tried before.
  func deliver(_ parcel: Parcel, retry: Int, _ transaction: Transaction) throws(AWSError) {
    guard let queue = parcel.subscription.queue else { return try mail(parcel, transaction) }
    try settle(send(parcel, to: queue, transaction), of: parcel, retry: retry, transaction)
  }

  /// Does what follows from an attempt.
  func settle(_ attempt: Attempt, of parcel: Parcel, retry: Int, _ transaction: Transaction) throws(AWSError) {
    switch attempt {
    case .delivered: return
    case .refused: bury(parcel, transaction)
    case .failed:
      let record = parcel.record
      let policy = record.kind.isWeb ? parcel.subscription.delivery.retry ?? .standard : RetryPolicy.managed
      guard let delay = policy.delay(before: retry) else { return bury(parcel, transaction) }
      try RetryRecord.schedule(
        DeliveryItem(message: parcel.message, subscriptionID: record.id, retry: retry + 1), after: delay, in: scope,
        transaction)
    }
  }

  private func send(_ parcel: Parcel, to queue: QueueAddress, _ transaction: Transaction) -> Attempt {
    do throws(AWSError) {
      _ = try calls.call(
        "SendMessage", of: "sqs", parcel.input(to: queue), as: .service(SNSService.principal), in: queue.region,
        facts: .service(
          SNSService.principal, sourceARN: parcel.message.topicARN, sourceAccount: scope.account),
        // So the decision can be looked up under the id of the message.
        requestID: parcel.message.id, isRecorded: true, within: transaction)
      return .delivered
    } catch { return Attempt(error) }
  }

  /// Sends a parcel to the dead-letter queue, judged by that queue's policy. Without one it is lost, as in AWS.
  private func bury(_ parcel: Parcel, _ transaction: Transaction) {
    guard let target = parcel.subscription.deadLetters else { return }
    _ = send(parcel, to: target.queue, transaction)
  }

  // MARK: The outbox

  private func mail(_ parcel: Parcel, _ transaction: Transaction) throws(AWSError) {
    let message = parcel.message
    let unsubscribe = "\(message.base)/?Action=Unsubscribe&SubscriptionArn=\(parcel.subscriptionARN)"
    var letter = OutboxRecord(
      kind: .email, to: parcel.record.endpoint, from: nil, subject: message.subject ?? "AWS Notification Message",
      body: parcel.body, messageID: message.id, topicARN: message.topicARN, subscriptionARN: parcel.subscriptionARN,
      link: nil)
    switch parcel.record.kind {
    case .sms:
      letter.kind = .sms
      letter.subject = nil
      letter.from = try ShortMessages.sender(message.attributes, scope, transaction)
    case .emailJSON: letter.kind = .emailJSON
    default:
      letter.body +=
        "\n\n--\nIf you wish to stop receiving notifications from this topic, please click or visit the link below to "
        + "unsubscribe:\n\(unsubscribe)\n"
    }
    try Outbox.post(letter, in: scope, transaction)
  }
}
