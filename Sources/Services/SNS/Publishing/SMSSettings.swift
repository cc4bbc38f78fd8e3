import Cloud
import Wire

/// An account's settings for text messages in a Region.
struct SMSSettingsRecord: Record {
  static let kind = "sns.sms"
  static let onlyKey = Key("settings")

  var attributes: [String: String] = ["MonthlySpendLimit": "1"]

  var key: Key { SMSSettingsRecord.onlyKey }

  /// AWS: SetSMSAttributes.
  static func check(_ name: String, _ text: String) throws(AWSError) {
    let isRight: Bool
    switch name {
    case "MonthlySpendLimit": isRight = Int(text).map { $0 >= 0 } ?? false
    case "DeliveryStatusIAMRole": isRight = text.isEmpty || ARN(text)?.service == "iam"
    case "DeliveryStatusSuccessSamplingRate": isRight = Int(text).map { (0...100).contains($0) } ?? false
    case "DefaultSenderID":
      let hasLetter = text.utf8.contains { (65...90).contains($0) || (97...122).contains($0) }
      isRight =
        (1...11).contains(text.utf8.count) && hasLetter
        && text.utf8.allSatisfy {
          (65...90).contains($0) || (97...122).contains($0) || (48...57).contains($0) || $0 == 45
        }
    case "DefaultSMSType": isRight = text == "Promotional" || text == "Transactional"
    case "UsageReportS3Bucket": isRight = true
    default: throw .invalidParameter("\(name) is not a valid attribute")
    }
    if !isRight { throw .invalidParameter("\(name)") }
  }
}

/// A phone number whose owner wants no messages of the account, or wanted none until he was opted in again.
struct OptOutRecord: Record {
  static let kind = "sns.optedOut"

  static let byNumber = Index<OptOutRecord>("out") { $0.isOut ? Key($0.phoneNumber) : nil }
  static let indexes = [byNumber]

  var phoneNumber: String
  var isOut = true
  /// Milliseconds since 1970.
  var optedInAt: Int64?

  var key: Key { Key(phoneNumber) }

  static func contains(_ number: String, _ scope: Scope, _ transaction: Transaction) throws(AWSError) -> Bool {
    try transaction.get(OptOutRecord.self, Key(number), in: scope)?.isOut ?? false
  }
}
