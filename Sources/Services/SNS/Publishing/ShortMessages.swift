import Cloud
import Wire

/// Text messages to phones: they go to the outbox.
enum ShortMessages {
  static func publish(
    _ input: PublishInput, to number: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> PublishResponse {
    if input.topicArn != nil || input.targetArn != nil {
      // unverified: words
      throw .invalidParameter("PhoneNumber", "Only one of TopicArn, TargetArn and PhoneNumber can be given")
    }
    guard let phone = PhoneNumber(number) else {
      throw .invalidParameter("PhoneNumber", "\(number) is not valid to publish to")
    }
    let draft = try Publishing.draft(
      text: input.message, subject: input.subject, structure: input.messageStructure,
      attributes: MessageRules.attributes(input.messageAttributes))
    // AWS: Publish, "the message can be up to 1,600 characters".
    let text = draft.structure["sms"] ?? draft.structure["default"] ?? draft.text
    if text.utf16.count > 1600 { throw .invalidParameter("Message too long") }
    let id = transaction.random.uuid()
    let scope = try context.scope
    try Outbox.post(
      OutboxRecord(
        kind: .sms, to: phone.text, from: try sender(draft.attributes, scope, transaction), subject: nil, body: text,
        messageID: id, topicARN: nil, subscriptionARN: nil, link: nil), in: scope, transaction)
    return PublishResponse(messageId: id)
  }

  /// Who a text message is from: the message says, or the account's attributes.
  static func sender(
    _ attributes: [MessageAttribute], _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> String? {
    if let own = attributes.first(where: { $0.name == "AWS.SNS.SMS.SenderID" }) { return own.text }
    return try transaction.get(SMSSettingsRecord.self, SMSSettingsRecord.onlyKey, in: scope)?
      .attributes["DefaultSenderID"]
  }

  // MARK: Settings

  static func setAttributes(
    _ input: SetSMSAttributesInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> SetSMSAttributesResponse {
    let scope = try context.scope
    var record =
      try transaction.get(SMSSettingsRecord.self, SMSSettingsRecord.onlyKey, in: scope) ?? SMSSettingsRecord()
    for (name, text) in input.attributes.sorted(by: { $0.key < $1.key }) {
      try SMSSettingsRecord.check(name, text)
      record.attributes[name] = text
    }
    try transaction.put(record, in: scope)
    return SetSMSAttributesResponse()
  }

  static func getAttributes(
    _ input: GetSMSAttributesInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetSMSAttributesResponse {
    let record =
      try transaction.get(SMSSettingsRecord.self, SMSSettingsRecord.onlyKey, in: try context.scope)
      ?? SMSSettingsRecord()
    let wanted = input.attributes.map(Set.init)
    return GetSMSAttributesResponse(
      attributes: record.attributes.filter { name, _ in wanted.map { $0.isEmpty || $0.contains(name) } ?? true })
  }

  // MARK: Who wants none

  static func isOptedOut(
    _ input: CheckIfPhoneNumberIsOptedOutInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CheckIfPhoneNumberIsOptedOutResponse {
    let phone = try phone(input.phoneNumber)
    return CheckIfPhoneNumberIsOptedOutResponse(
      isOptedOut: try OptOutRecord.contains(phone.text, try context.scope, transaction))
  }

  static func listOptedOut(
    _ input: ListPhoneNumbersOptedOutInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListPhoneNumbersOptedOutResponse {
    let page = try Page(input.nextToken)
    let found = try transaction.scan(
      OptOutRecord.self, by: OptOutRecord.byNumber, in: try context.scope, page.range(.all), limit: Page.size + 1)
    return ListPhoneNumbersOptedOutResponse(
      phoneNumbers: found.prefix(Page.size).map(\.phoneNumber),
      nextToken: found.count > Page.size ? Page.token(found[Page.size - 1].key) : nil)
  }

  /// AWS: OptInPhoneNumber: a number can be opted in once every 30 days.
  static func optIn(
    _ input: OptInPhoneNumberInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> OptInPhoneNumberResponse {
    let phone = try phone(input.phoneNumber)
    let scope = try context.scope
    guard let record = try transaction.get(OptOutRecord.self, Key(phone.text), in: scope) else {
      return OptInPhoneNumberResponse()
    }
    let now = transaction.now.milliseconds
    if let last = record.optedInAt, now < last + 30 * 86_400_000, record.isOut {
      // unverified: words
      throw .invalidParameter("PhoneNumber", "\(phone.text) can be opted in once every 30 days")
    }
    var new = record
    new.isOut = false
    new.optedInAt = now
    try transaction.update(record, to: new, in: scope)
    return OptInPhoneNumberResponse()
  }

  private static func phone(_ text: String) throws(AWSError) -> PhoneNumber {
    guard let phone = PhoneNumber(text) else {
      throw .invalidParameter("PhoneNumber", "input incorrectly formatted")
    }
    return phone
  }
}
