import Cloud
import Wire

/// ConfirmSubscription.
enum Confirming {
  static func confirm(
    _ input: ConfirmSubscriptionInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ConfirmSubscriptionResponse {
    guard let location = TopicLocation(input.topicArn) else { throw .invalidParameter("Topic") }
    guard let token = try transaction.get(TokenRecord.self, Key(input.token), in: location.scope),
      transaction.now.milliseconds < token.expiresAt, let topic = try location.find(transaction),
      topic.id == token.topicID
    else { throw .invalidParameter("Token") }
    let needsSignature = input.authenticateOnUnsubscribe?.lowercased() == "true"
    var isSigned = true
    if case .anonymous = context.caller.kind { isSigned = false }
    if needsSignature, !isSigned {
      // AWS: ConfirmSubscription, "This call requires an AWS signature only when the AuthenticateOnUnsubscribe flag is set to
      // true."
      throw AWSError(
        "AuthorizationErrorException",
        "User: anonymous is not authorized to perform: SNS:ConfirmSubscription on resource: \(location.arn)")
    }
    let key = SubscriptionRecord.key(topic.id, token.subscriptionID)
    let stored = try transaction.get(SubscriptionRecord.self, key, in: location.scope)
    guard var record = stored ?? token.restores else { throw .invalidParameter("Token") }
    let answer = ConfirmSubscriptionResponse(
      subscriptionArn: SubscriptionLocation(topic: location, id: record.id).arn)
    // A subscription that is confirmed is confirmed again without effect.
    if let stored, !stored.isPending { return answer }
    record.isPending = false
    record.token = nil
    record.confirmationWasAuthenticated = isSigned
    record.requiresSignature = needsSignature
    try transaction.put(record, in: location.scope)
    if stored == nil {
      try transaction.put(
        SubscriberRecord(
          topicAccount: location.account, topicName: topic.name, topicID: topic.id, id: record.id),
        in: Scope(record.owner, location.region))
    }
    try transaction.update(topic, to: topic.changed(transaction), in: location.scope)
    return answer
  }

  /// The token is the permission; who signs must be allowed by his own policies besides.
  /// unverified: a topic's policy cannot name ConfirmSubscription, so other accounts are judged by their own policies alone.
  static func access(
    _ input: ConfirmSubscriptionInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    if case .anonymous = context.caller.kind { return [] }
    guard let location = TopicLocation(input.topicArn) else { throw .invalidParameter("Topic") }
    return [AccessCheck("sns:ConfirmSubscription", on: location.arn, owner: context.caller.account)]
  }
}
