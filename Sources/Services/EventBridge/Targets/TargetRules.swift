import Cloud
import Wire

/// What AWS demands of a target when it is put.
enum TargetRules {
  static let badARN = "Provided Arn is not in correct format."

  /// Services whose resources can be targets, and whether EventBridge needs a role for them.
  /// AWS: EventBridge user guide, "Event bus targets".
  private static let services: [String: Bool] = [
    "apigateway": false, "appsync": true, "aps": true, "batch": true, "codebuild": true, "codepipeline": true,
    "ec2": true,
    "ecs": true, "events": false, "execute-api": false, "firehose": true, "glue": true, "imagebuilder": true,
    "inspector": true, "kinesis": true, "lambda": false, "logs": false, "redshift": true, "redshift-serverless": true,
    "resource-groups": true, "sagemaker": true, "sns": false, "sqs": false, "ssm": true, "ssm-incidents": true,
    "states": true,
  ]

  /// - Throws: ValidationException.
  static func check(_ target: Target, of rule: RuleRecord, on bus: Bus) throws(AWSError) {
    guard let arn = ARN(target.arn), let needsRole = services[arn.service], isWritten(arn) else {
      throw .invalidParameter(target.arn, badARN)
    }
    if needsRole || target.arn.contains(":api-destination/"), target.roleArn == nil {
      throw .validation("RoleArn is required for target \(target.arn).")
    }
    try checkInput(target)
    if let other = Bus(arn: target.arn) { try check(target, other, on: bus) }
    if let text = target.deadLetterConfig?.arn {
      guard let queue = ARN(text), queue.service == "sqs" else { throw .invalidParameter(text, badARN) }
    }
  }

  /// What AWS answers for one target only, while the others of the request are put.
  static func failure(_ target: Target) -> PutTargetsResultEntry? {
    guard let arn = ARN(target.arn), arn.service == "sqs", arn.resource.hasSuffix(".fifo"),
      target.sqsParameters?.messageGroupId == nil
    else { return nil }
    return PutTargetsResultEntry(
      targetId: target.id, errorCode: "ValidationException",
      errorMessage: "Parameter(s) SqsParameters must be specified for target: \(target.id).")
  }

  private static func isWritten(_ arn: ARN) -> Bool {
    switch arn.service {
    case "logs": arn.resource.hasPrefix("log-group:")
    case "glue": arn.resource.hasPrefix("workflow/")
    case "lambda": arn.resource.hasPrefix("function:")
    case "sqs", "sns": !arn.resource.contains(":") && arn.accountID != nil
    case "events": ["event-bus/", "api-destination/", "target/"].contains { arn.resource.hasPrefix($0) }
    default: true
    }
  }

  private static func check(_ target: Target, _ other: Bus, on bus: Bus) throws(AWSError) {
    // AWS: PutTargets, "Input, InputPath, and InputTransformer are not available with PutTarget if the target is an event bus
    // of a different Amazon Web Services account", and not with any other bus either.
    if target.input != nil || target.inputPath != nil || target.inputTransformer != nil {
      throw .validation("Modifying the input for target \(target.id) is not supported.")  // unverified: the end
    }
    if other.account == bus.account, other.region == bus.region, other.name == bus.name {
      // unverified: words
      throw .validation("Adding an event bus as a target within the same event bus is not supported.")
    }
    // Another Region's bus can only be reached by a role.
    if other.region != bus.region, target.roleArn == nil {
      throw .validation("RoleArn is required for target \(target.arn).")
    }
  }

  private static func checkInput(_ target: Target) throws(AWSError) {
    let given = [target.input != nil, target.inputPath != nil, target.inputTransformer != nil].filter { $0 }
    if given.count > 1 {
      throw .validation("Only one of Input, InputPath, or InputTransformer must be provided for target \(target.id).")
    }
    if let input = target.input, JSONValue(json: Array(input.utf8)) == nil {
      throw .validation("JSON syntax error in input for target \(target.id).")  // unverified: words
    }
    if let path = target.inputPath, !path.isEmpty, JSONPath(path) == nil {
      throw .validation("Invalid InputPath for target \(target.id).")  // unverified: words
    }
    guard let transformer = target.inputTransformer else { return }
    let paths = transformer.inputPathsMap ?? [:]
    for (name, path) in paths.sorted(by: { $0.key < $1.key }) {
      if name.lowercased().hasPrefix(InputTemplate.reservedPrefix) {
        // unverified: words
        throw .validation("Input path key \(name) of target \(target.id) must not start with AWS.")
      }
      if JSONPath(path) == nil {
        throw .validation("Invalid InputPathsMap for target \(target.id): \(path)")  // unverified: words
      }
    }
    let template = InputTemplate(transformer.inputTemplate, paths: paths)
    for name in template.variables where paths[name] == nil && !InputTemplate.predefined.contains(name) {
      throw .validation("InputTemplate for target \(target.id) contains invalid placeholder \(name).")
    }
  }
}
