import Cloud

/// A resource that a call was about, as CloudTrail's `resources` names it.
struct EventResource: Sendable, Hashable {
  /// `AWS::S3::Object`.
  var type: String
  var arn: String
  var account: AccountID?
  /// Whether the ARN is the beginning of those of many objects (`ARNPrefix`).
  var isPrefix = false

  /// The resources of a call: what the judge was asked about.
  ///
  /// AWS: CloudTrail user guide, "CloudTrail record contents", `resources`, and the services' own pages: only some services
  /// name them.
  static func of(_ entry: JournalEntry, _ event: AuditEvent) -> [EventResource] {
    var resources: [EventResource] = []
    for check in entry.checks where !check.traits.contains(.isAdvisory) && check.resource != "*" {
      for resource in named(check, entry, event) where !resources.contains(resource) { resources.append(resource) }
    }
    return resources
  }

  private static func named(
    _ check: JournalCheck, _ entry: JournalEntry, _ event: AuditEvent
  ) -> [EventResource] {
    let owner = check.resourceAccount
    switch entry.service {
    case "s3": return storage(check.resource, owner, event)
    case "kms":
      guard check.resource.contains(":key/") else { return [] }
      return [EventResource(type: "AWS::KMS::Key", arn: check.resource, account: owner)]
    case "sts":
      guard entry.operation.hasPrefix("AssumeRole") else { return [] }
      return [EventResource(type: "AWS::IAM::Role", arn: check.resource, account: owner)]
    default:
      guard let type = event.dataResourceType else { return [] }
      return [EventResource(type: type, arn: check.resource, account: owner ?? entry.caller.account)]
    }
  }

  private static func storage(_ arn: String, _ owner: AccountID?, _ event: AuditEvent) -> [EventResource] {
    guard arn.hasPrefix("arn:aws:s3:::") else { return [] }
    guard let slash = arn.firstIndex(of: "/") else {
      let bucket = EventResource(type: "AWS::S3::Bucket", arn: arn, account: owner)
      guard let type = event.dataResourceType else { return [bucket] }
      return [EventResource(type: type, arn: arn + "/", isPrefix: true), bucket]
    }
    let bucket = EventResource(type: "AWS::S3::Bucket", arn: String(arn[..<slash]), account: owner)
    guard let type = event.dataResourceType else { return [bucket] }
    return [EventResource(type: type, arn: arn), bucket]
  }
}
