import Cloud
import Identity
import Wire

/// The credential report: a table of all users with the state of their passwords and keys.
/// AWS: IAM user guide, "Generate credential reports for your AWS account" (columns and their values).
enum CredentialReport {
  /// A report is made anew once it is four hours old.
  private static let age: Int64 = 4 * 3600

  static func generate(
    _ input: NoMembers, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GenerateCredentialReportResponse {
    let account = try context.account
    var settings = try AccountSettingsRecord.find(in: account, transaction)
    if let time = settings.reportTime, time.adding(seconds: age) > transaction.now {
      return GenerateCredentialReportResponse(state: "COMPLETE")
    }
    settings.reportTime = transaction.now.wholeSeconds
    settings.report = try text(account, transaction)
    try transaction.put(settings, in: Scope(account))
    return GenerateCredentialReportResponse(
      state: "STARTED", description: "No report exists. Starting a new report generation task")
  }

  static func get(
    _ input: NoMembers, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetCredentialReportResponse {
    let settings = try AccountSettingsRecord.find(in: try context.account, transaction)
    guard let report = settings.report, let time = settings.reportTime else {
      throw AWSError("ReportNotPresent", "No report exists. Use GenerateCredentialReport to create one.", status: 410)
    }
    guard time.adding(seconds: age) > transaction.now else {
      throw AWSError(
        "ReportExpired", "The most recent credential report has expired. Generate a new one.", status: 410)
    }
    return GetCredentialReportResponse(content: Array(report.utf8), reportFormat: "text/csv", generatedTime: time)
  }

  private static let columns = [
    "user", "arn", "user_creation_time", "password_enabled", "password_last_used", "password_last_changed",
    "password_next_rotation", "mfa_active", "access_key_1_active", "access_key_1_last_rotated",
    "access_key_1_last_used_date", "access_key_1_last_used_region", "access_key_1_last_used_service",
    "access_key_2_active", "access_key_2_last_rotated", "access_key_2_last_used_date", "access_key_2_last_used_region",
    "access_key_2_last_used_service", "cert_1_active", "cert_1_last_rotated", "cert_2_active", "cert_2_last_rotated",
  ]

  private static func text(_ account: AccountID, _ transaction: Transaction) throws(AWSError) -> String {
    let settings = try AccountSettingsRecord.find(in: account, transaction)
    var lines = [columns.joined(separator: ",")]
    let rootMFA = try !MFADeviceRecord.all(of: "", in: account, transaction).isEmpty
    var root = ["<root_account>", "arn:aws:iam::\(account):root", time(transaction.now)]
    root += ["not_supported", "no_information", "not_supported", "not_supported", "\(rootMFA)"]
    root += try keys(of: nil, account, transaction)
    root += ["false", "N/A", "false", "N/A"]
    lines.append(root.joined(separator: ","))
    for user in try transaction.scan(UserRecord.self, in: Scope(account)) {
      var line = [user.name, user.arn, time(user.created)]
      if let profile = user.loginProfile {
        line += ["true", "no_information", time(profile.created)]
        line.append(
          settings.passwordPolicy?.maximumAge.map { time(profile.created.adding(seconds: Int64($0) * 86_400)) } ?? "N/A"
        )
      } else {
        line += ["false", "N/A", "N/A", "N/A"]
      }
      line.append("\(try !MFADeviceRecord.all(of: user.name, in: account, transaction).isEmpty)")
      line += try keys(of: user.name, account, transaction)
      line += ["false", "N/A", "false", "N/A"]
      lines.append(line.joined(separator: ","))
    }
    return lines.joined(separator: "\n")
  }

  /// The columns of the two keys.
  private static func keys(
    of name: String?, _ account: AccountID, _ transaction: Transaction
  ) throws(AWSError) -> [String] {
    var result: [String] = []
    let keys = try AccessKeyRecord.all(of: name, in: account, transaction)
    for index in 0..<2 {
      guard index < keys.count else {
        result += ["false", "N/A", "N/A", "N/A", "N/A"]
        continue
      }
      let use = try LastUse.of(keys[index].id, in: account, transaction)
      result += ["\(keys[index].isActive)", time(keys[index].created)]
      result += [use.map { time($0.time) } ?? "N/A", use?.region ?? "N/A", use?.service ?? "N/A"]
    }
    return result
  }

  /// `2026-01-31T10:20:30+00:00`
  private static func time(_ time: Timestamp) -> String {
    String(time.wholeSeconds.iso8601.prefix(19)) + "+00:00"
  }
}
