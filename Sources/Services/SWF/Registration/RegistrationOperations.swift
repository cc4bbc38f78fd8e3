import Cloud
import Wire

extension SWFService {
  /// Domains, types and tags. CloudTrail records all of them by default.
  static let registrationOperations: [Operation] = domainOperations + workflowTypeOperations + activityTypeOperations

  private static let domainOperations: [Operation] = [
    Operation(
      "RegisterDomain", audit: .management(),
      access: { (input: RegisterDomainInput, context, transaction) throws(AWSError) in
        let tags = Dictionary((input.tags ?? []).map { ($0.key, $0.value ?? "") }, uniquingKeysWith: { $1 })
        let keys = Access.keys(requestTags: tags)
        return try Access.check("RegisterDomain", domain: input.name, keys: keys, context, transaction)
      }, Domains.register),
    Operation(
      "DescribeDomain", audit: .management(),
      access: { (input: DescribeDomainInput, context, transaction) throws(AWSError) in
        try Access.check("DescribeDomain", domain: input.name, context, transaction)
      }, Domains.describe),
    Operation(
      "ListDomains", audit: .management(),
      access: { (_: ListDomainsInput, _, _) throws(AWSError) in [AccessCheck("swf:ListDomains", on: "*")] },
      Domains.list),
    Operation(
      "DeprecateDomain", audit: .management(),
      access: { (input: DeprecateDomainInput, context, transaction) throws(AWSError) in
        try Access.check("DeprecateDomain", domain: input.name, context, transaction)
      }, Domains.deprecate),
    Operation(
      "UndeprecateDomain", audit: .management(),
      access: { (input: UndeprecateDomainInput, context, transaction) throws(AWSError) in
        try Access.check("UndeprecateDomain", domain: input.name, context, transaction)
      }, Domains.undeprecate),
    Operation(
      "TagResource", audit: .management(),
      access: { (input: TagResourceInput, context, transaction) throws(AWSError) in
        let tags = Dictionary(input.tags.map { ($0.key, $0.value ?? "") }, uniquingKeysWith: { $1 })
        return try tagCheck("TagResource", input.resourceArn, Access.keys(requestTags: tags), context, transaction)
      }, Tags.tag),
    Operation(
      "UntagResource", audit: .management(),
      access: { (input: UntagResourceInput, context, transaction) throws(AWSError) in
        let keys: Access.Keys = [("aws:TagKeys", .multiple(input.tagKeys))]
        return try tagCheck("UntagResource", input.resourceArn, keys, context, transaction)
      }, Tags.untag),
    Operation(
      "ListTagsForResource", audit: .management(),
      access: { (input: ListTagsForResourceInput, context, transaction) throws(AWSError) in
        try tagCheck("ListTagsForResource", input.resourceArn, [], context, transaction)
      }, Tags.list),
  ]

  private static func tagCheck(
    _ action: String, _ arn: String, _ keys: Access.Keys, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    if let domain = Access.domain(ofARN: arn, in: try context.scope) {
      return try Access.check(action, domain: domain, keys: keys, context, transaction)
    }
    return [AccessCheck("swf:\(action)", on: arn, keys: keys)]
  }

  private static let workflowTypeOperations: [Operation] = [
    Operation(
      "RegisterWorkflowType", audit: .management(),
      access: { (input: RegisterWorkflowTypeInput, context, transaction) throws(AWSError) in
        let keys = Access.keys(name: input.name, version: input.version, defaultTaskList: input.defaultTaskList)
        return try Access.check("RegisterWorkflowType", domain: input.domain, keys: keys, context, transaction)
      }, WorkflowTypes.register),
    Operation(
      "DescribeWorkflowType", audit: .management(),
      access: { (input: DescribeWorkflowTypeInput, context, transaction) throws(AWSError) in
        try typeCheck("DescribeWorkflowType", input.domain, input.workflowType, context, transaction)
      }, WorkflowTypes.describe),
    Operation(
      "ListWorkflowTypes", audit: .management(),
      access: { (input: ListWorkflowTypesInput, context, transaction) throws(AWSError) in
        try Access.check("ListWorkflowTypes", domain: input.domain, context, transaction)
      }, WorkflowTypes.list),
    Operation(
      "DeprecateWorkflowType", audit: .management(),
      access: { (input: DeprecateWorkflowTypeInput, context, transaction) throws(AWSError) in
        try typeCheck("DeprecateWorkflowType", input.domain, input.workflowType, context, transaction)
      }, WorkflowTypes.deprecate),
    Operation(
      "UndeprecateWorkflowType", audit: .management(),
      access: { (input: UndeprecateWorkflowTypeInput, context, transaction) throws(AWSError) in
        try typeCheck("UndeprecateWorkflowType", input.domain, input.workflowType, context, transaction)
      }, WorkflowTypes.undeprecate),
    Operation(
      "DeleteWorkflowType", audit: .management(),
      access: { (input: DeleteWorkflowTypeInput, context, transaction) throws(AWSError) in
        try typeCheck("DeleteWorkflowType", input.domain, input.workflowType, context, transaction)
      }, WorkflowTypes.delete),
  ]

  private static func typeCheck(
    _ action: String, _ domain: String, _ type: WorkflowType, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    try Access.check(action, domain: domain, keys: Access.keys(type), context, transaction)
  }

  private static let activityTypeOperations: [Operation] = [
    Operation(
      "RegisterActivityType", audit: .management(),
      access: { (input: RegisterActivityTypeInput, context, transaction) throws(AWSError) in
        let keys = Access.keys(name: input.name, version: input.version, defaultTaskList: input.defaultTaskList)
        return try Access.check("RegisterActivityType", domain: input.domain, keys: keys, context, transaction)
      }, ActivityTypes.register),
    Operation(
      "DescribeActivityType", audit: .management(),
      access: { (input: DescribeActivityTypeInput, context, transaction) throws(AWSError) in
        try typeCheck("DescribeActivityType", input.domain, input.activityType, context, transaction)
      }, ActivityTypes.describe),
    Operation(
      "ListActivityTypes", audit: .management(),
      access: { (input: ListActivityTypesInput, context, transaction) throws(AWSError) in
        try Access.check("ListActivityTypes", domain: input.domain, context, transaction)
      }, ActivityTypes.list),
    Operation(
      "DeprecateActivityType", audit: .management(),
      access: { (input: DeprecateActivityTypeInput, context, transaction) throws(AWSError) in
        try typeCheck("DeprecateActivityType", input.domain, input.activityType, context, transaction)
      }, ActivityTypes.deprecate),
    Operation(
      "UndeprecateActivityType", audit: .management(),
      access: { (input: UndeprecateActivityTypeInput, context, transaction) throws(AWSError) in
        try typeCheck("UndeprecateActivityType", input.domain, input.activityType, context, transaction)
      }, ActivityTypes.undeprecate),
    Operation(
      "DeleteActivityType", audit: .management(),
      access: { (input: DeleteActivityTypeInput, context, transaction) throws(AWSError) in
        try typeCheck("DeleteActivityType", input.domain, input.activityType, context, transaction)
      }, ActivityTypes.delete),
  ]

  private static func typeCheck(
    _ action: String, _ domain: String, _ type: ActivityType, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    try Access.check(action, domain: domain, keys: Access.keys(type), context, transaction)
  }
}
