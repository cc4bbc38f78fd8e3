import Cloud
import Wire

/// Unsubscribe.
struct Unsubscribing {
  let address: ServiceAddress

  func unsubscribe(
    _ input: UnsubscribeInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let place = try SubscriptionLocation(input.subscriptionArn, context)
    // Unsubscribing what isn't there is no error.
    guard let (topic, record) = try place.find(transaction) else { return NoMembers() }
    var isSigned = true
    if case .anonymous = context.caller.kind { isSigned = false }
    if !isSigned, record.requiresSignature {
      // AWS: Unsubscribe, "If the subscription requires authentication for deletion, only the owner of the subscription or the
      // topic's owner can unsubscribe, and an AWS signature is required."
      throw AWSError(
        "AuthorizationErrorException",
        "User: anonymous is not authorized to perform: SNS:Unsubscribe on resource: \(place.topic.arn)")
    }
    try Unsubscribing.remove(record, of: topic, in: place.topic.scope, transaction)
    // AWS: Unsubscribe: whoever is unsubscribed by another than the owner is told, and can undo it.
    let isToBeTold = record.kind.needsConfirmation && !record.isPending
    if isToBeTold, !isSigned || context.caller.account != record.owner {
      try Handshake.end(record, topic, place.topic, address.base(context), transaction)
    }
    return NoMembers()
  }

  static func access(
    _ input: UnsubscribeInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    if case .anonymous = context.caller.kind { return [] }
    return [try Access.subscription("Unsubscribe", input.subscriptionArn, context, transaction)]
  }

  static func remove(
    _ record: SubscriptionRecord, of topic: TopicRecord, in scope: Scope, _ transaction: Transaction
  ) throws(AWSError) {
    try transaction.delete(record, in: scope)
    try removeSubscriber(record, in: scope, transaction)
    try transaction.update(topic, to: topic.changed(transaction, deleted: 1), in: scope)
  }

  static func removeSubscriber(
    _ record: SubscriptionRecord, in scope: Scope, _ transaction: Transaction
  ) throws(AWSError) {
    guard let account = scope.account, let region = scope.region else { return }
    let key = SubscriberRecord(
      topicAccount: account, topicName: record.topicName, topicID: record.topicID, id: record.id
    ).key
    try transaction.delete(SubscriberRecord.self, key, in: Scope(record.owner, region))
  }
}
