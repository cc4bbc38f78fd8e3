import Cloud
import Wire

/// GetTopicAttributes and SetTopicAttributes.
struct TopicAttributes {
  let subscriptions: TopicSubscriptions

  func get(
    _ input: GetTopicAttributesInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetTopicAttributesResponse {
    let location = try TopicLocation(input.topicArn, context)
    let topic = try location.topic(transaction)
    var texts = topic.settings.texts
    texts["TopicArn"] = location.arn
    texts["Owner"] = location.account.rawValue
    texts["Policy"] = try TopicPolicy.shown(topic.settings.policy ?? TopicPolicy.standard(location), transaction)
    let all = try subscriptions.of(topic, in: location.scope, transaction)
    let pending = all.count { $0.record.isPending }
    texts["SubscriptionsPending"] = "\(pending)"
    texts["SubscriptionsConfirmed"] = "\(all.count - pending)"
    texts["SubscriptionsDeleted"] = "\(topic.deletedSubscriptions)"
    texts["EffectiveDeliveryPolicy"] = TopicDeliveryPolicy.effective(topic.settings.deliveryPolicy).text
    return GetTopicAttributesResponse(attributes: texts)
  }

  static func set(
    _ input: SetTopicAttributesInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let location = try TopicLocation(input.topicArn, context)
    let old = try location.topic(transaction)
    var new = old
    let text = input.attributeValue ?? ""
    switch input.attributeName {
    case "Policy": new.settings.policy = try TopicPolicy.checked(text, of: location, transaction)
    // What a topic is cannot be changed.
    case "FifoTopic": throw .invalidParameter("AttributeName")
    default: try new.settings.apply(input.attributeName, text)
    }
    try transaction.update(old, to: new, in: location.scope)
    return NoMembers()
  }
}
