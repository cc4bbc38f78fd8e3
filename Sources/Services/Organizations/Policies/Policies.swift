import Cloud
import Identity
import Wire

/// CreatePolicy, UpdatePolicy, DeletePolicy, DescribePolicy and ListPolicies.
enum Policies {
  static func create(
    _ input: CreatePolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CreatePolicyResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    let kind = try PolicyTypes.kind(input.type)
    guard organization.featureSet == .all else { throw .policyTypeNotAvailable() }
    try checkName(input.name, kind, nil, organization, transaction)
    let range = KeyRange.prefix(.string(organization.id), .string(kind.rawValue))
    let count = try transaction.count(
      OrganizationPolicyRecord.self, by: OrganizationPolicyRecord.byName, in: .global, range, limit: kind.mostPolicies)
    guard count < kind.mostPolicies else { throw .tooManyPolicies() }
    try PolicyDocuments.check(input.content, kind)
    let record = OrganizationPolicyRecord(
      id: EntityID.policy(transaction.random), organization: organization.id, type: kind.rawValue, name: input.name,
      description: input.description, content: input.content)
    try transaction.save(record)
    try ResourceTags.add(input.tags, to: record.id, in: organization.id, transaction)
    return CreatePolicyResponse(policy: Policy(record, in: organization))
  }

  /// Recorded from AWS: an empty description changes nothing, and the answer has the name and description that the request
  /// had.
  static func update(
    _ input: UpdatePolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> UpdatePolicyResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    if AWSManagedOrganizationPolicy.find(input.policyId) != nil { throw .immutablePolicy() }
    var record = try organization.policy(input.policyId, transaction)
    let kind = try PolicyTypes.kind(record.type)
    if let name = input.name {
      try checkName(name, kind, record.id, organization, transaction)
      record.name = name
    }
    if let description = input.description, !description.isEmpty { record.description = description }
    if let content = input.content {
      try PolicyDocuments.check(content, kind)
      record.content = content
    }
    try transaction.save(record)
    if input.content != nil {
      let targets = try PolicyAttachments.list(of: record.id, in: organization, transaction).map(\.target)
      try EffectivePolicyStates.refresh(kind, below: targets, organization, transaction)
    }
    var answer = Policy(record, in: organization)
    answer.policySummary?.name = input.name
    answer.policySummary?.description = input.description
    return UpdatePolicyResponse(policy: answer)
  }

  static func delete(
    _ input: DeletePolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let organization = try OrganizationAccess.organization(context, transaction)
    if AWSManagedOrganizationPolicy.find(input.policyId) != nil { throw .immutablePolicy() }
    let record = try organization.policy(input.policyId, transaction)
    guard try PolicyAttachments.list(of: record.id, in: organization, transaction, limit: 1).isEmpty else {
      throw .policyInUse()
    }
    try transaction.remove(record)
    try ResourceTags.removeAll(from: record.id, in: organization.id, transaction)
    return NoMembers()
  }

  static func describe(
    _ input: DescribePolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DescribePolicyResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    return DescribePolicyResponse(policy: try Policy(input.policyId, in: organization, transaction))
  }

  static func list(
    _ input: ListPoliciesRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListPoliciesResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    let kind = try PolicyTypes.kind(input.filter)
    let records = try transaction.scan(
      OrganizationPolicyRecord.self, by: OrganizationPolicyRecord.byName, in: .global,
      .prefix(.string(organization.id), .string(kind.rawValue)))
    let ours = AWSManagedOrganizationPolicy.all.filter { $0.type == kind.rawValue }.map(PolicySummary.init)
    let page = try Paging.page(
      ours + records.map { PolicySummary($0, in: organization) }, by: { $0.id ?? "" }, token: input.nextToken,
      size: input.maxResults, of: "policies \(kind.rawValue)")
    return ListPoliciesResponse(policies: page.items, nextToken: page.nextToken)
  }

  /// Names are unique among the policies of a type, AWS's own included.
  private static func checkName(
    _ name: String, _ kind: PolicyKind, _ id: String?, _ organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) {
    if AWSManagedOrganizationPolicy.all.contains(where: { $0.type == kind.rawValue && $0.name == name }) {
      throw .duplicatePolicy()
    }
    let namesake = try transaction.scan(
      OrganizationPolicyRecord.self, by: OrganizationPolicyRecord.byName, in: .global,
      .prefix(.string(organization.id), .string(kind.rawValue), .string(name)), limit: 1
    ).first
    if let namesake, namesake.id != id { throw .duplicatePolicy() }
  }
}

extension PolicySummary {
  init(_ record: OrganizationPolicyRecord, in organization: OrganizationRecord) {
    self.init(
      id: record.id, arn: organization.policyARN(record.type, record.id), name: record.name,
      description: record.description, type: record.type, awsManaged: false)
  }

  init(_ policy: AWSManagedOrganizationPolicy) {
    self.init(
      id: policy.id, arn: policy.arn, name: policy.name, description: policy.description, type: policy.type,
      awsManaged: true)
  }
}

extension Policy {
  init(_ record: OrganizationPolicyRecord, in organization: OrganizationRecord) {
    self.init(policySummary: PolicySummary(record, in: organization), content: record.content)
  }

  /// The policy with this id, one of AWS's own included.
  /// - Throws: PolicyNotFoundException.
  init(_ id: String, in organization: OrganizationRecord, _ transaction: Transaction) throws(AWSError) {
    if let managed = AWSManagedOrganizationPolicy.find(id) {
      self.init(policySummary: PolicySummary(managed), content: managed.content)
    } else {
      self.init(try organization.policy(id, transaction), in: organization)
    }
  }
}
