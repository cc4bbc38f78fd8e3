import Cloud
import Wire

/// GetSubscriptionAttributes and SetSubscriptionAttributes.
enum SubscriptionAttributes {
  static func get(
    _ input: GetSubscriptionAttributesInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetSubscriptionAttributesResponse {
    let place = try SubscriptionLocation(input.subscriptionArn, context)
    guard let (topic, record) = try place.find(transaction) else { throw .subscriptionNotFound() }
    var texts = [
      "SubscriptionArn": place.arn, "TopicArn": place.topic.arn, "Owner": record.owner.rawValue,
      "Protocol": record.kind.rawValue, "Endpoint": record.endpoint, "PendingConfirmation": "\(record.isPending)",
      "ConfirmationWasAuthenticated": "\(record.confirmationWasAuthenticated)",
      "SubscriptionPrincipal": record.principal,
    ]
    for name in SubscriptionSettings.names { texts[name] = record.settings[name] }
    if record.kind.isWeb {
      let ready = ReadySubscription(record, .stored(topic.settings.deliveryPolicy))
      texts["EffectiveDeliveryPolicy"] = ready.delivery.effective.text
    }
    return GetSubscriptionAttributesResponse(attributes: texts)
  }

  static func set(
    _ input: SetSubscriptionAttributesInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let place = try SubscriptionLocation(input.subscriptionArn, context)
    guard let (topic, old) = try place.find(transaction) else { throw .subscriptionNotFound() }
    var new = old
    try new.settings.apply(
      [input.attributeName: input.attributeValue ?? ""], kind: old.kind, topic: topic, endpoint: old.endpoint)
    try transaction.update(old, to: new, in: place.topic.scope)
    try transaction.update(topic, to: topic.changed(transaction), in: place.topic.scope)
    return NoMembers()
  }
}
