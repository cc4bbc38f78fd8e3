import Cloud
import Identity
import Wire

/// CreateTrail, UpdateTrail, DeleteTrail.
struct ConfiguringTrails {
  let house: TrailHouse

  /// AWS: CloudTrail user guide, "Quotas in AWS CloudTrail".
  private static let trailsOfRegion = 5

  func create(
    _ input: CreateTrailRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CreateTrailResponse {
    guard !input.name.hasPrefix("arn:") else {
      throw .invalidName(
        "Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, periods (.), hyphens (-), and "
          + "underscores (_).")
    }
    try TrailName.check(input.name)
    let tags = try TrailTags.checked(input.tagsList ?? [], on: [:])
    let wishes = TrailWishes(
      bucket: input.s3BucketName, prefix: input.s3KeyPrefix, topic: input.snsTopicName,
      includesGlobalEvents: input.includeGlobalServiceEvents, isMultiRegion: input.isMultiRegionTrail,
      validatesFiles: input.enableLogFileValidation, logGroupARN: input.cloudWatchLogsLogGroupArn,
      roleARN: input.cloudWatchLogsRoleArn, key: input.kmsKeyId, isOrganizationTrail: input.isOrganizationTrail)
    // An organization's trail is its management account's, whoever makes it.
    var owner = try context.account
    var organization: OrganizationRecord?
    if input.isOrganizationTrail == true {
      // Recorded from AWS: whether the bucket is there is looked at first.
      try checkBucketIsThere(input.s3BucketName, context, transaction)
      let found = try Organizations.forTrail(context, transaction)
      owner = found.managementAccount
      organization = found
    }
    var trail = TrailRecord(
      account: owner, region: context.region, name: input.name, bucket: input.s3BucketName, created: transaction.now)
    trail.tags = tags
    if try TrailFinding.find(trail.id, transaction) != nil {
      throw .trail(
        "TrailAlreadyExistsException", "Trail \(input.name) already exists for customer: \(owner)")
    }
    try checkQuota(trail, isOrganizationTrail: organization != nil, transaction)
    trail.organization = organization?.id
    trail = try wishes.apply(to: trail)
    trail = try checked(trail, wishes, context, transaction)
    if let organization { try found(trail, organization, context, transaction) }
    try transaction.put(trail, in: trail.scope)
    let house = house
    transaction.afterCommit { house.hasTrails.store(true, ordering: .relaxed) }
    return CreateTrailResponse(of: trail)
  }

  func update(
    _ input: UpdateTrailRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> UpdateTrailResponse {
    var trail = try TrailFinding.changeable(input.name, context, transaction)
    let wishes = TrailWishes(
      bucket: input.s3BucketName, prefix: input.s3KeyPrefix, topic: input.snsTopicName,
      includesGlobalEvents: input.includeGlobalServiceEvents, isMultiRegion: input.isMultiRegionTrail,
      validatesFiles: input.enableLogFileValidation, logGroupARN: input.cloudWatchLogsLogGroupArn,
      roleARN: input.cloudWatchLogsRoleArn, key: input.kmsKeyId, isOrganizationTrail: input.isOrganizationTrail)
    var joining: OrganizationRecord?
    if let isOrganizationTrail = input.isOrganizationTrail, isOrganizationTrail != trail.isOrganizationTrail {
      // AWS: CloudTrail user guide: only the management account makes an organization's trail of its own, or the reverse.
      let organization = try Organizations.forTrail(context, transaction)
      guard try context.account == organization.managementAccount else { throw .notManagementAccount() }
      if isOrganizationTrail {
        trail.organization = organization.id
        joining = organization
      } else {
        try dissolve(trail, transaction)
        trail.organization = nil
      }
    }
    trail = try wishes.apply(to: trail)
    trail = try checked(trail, wishes, context, transaction)
    if let joining { try found(trail, joining, context, transaction) }
    try transaction.put(trail, in: trail.scope)
    return UpdateTrailResponse(of: trail)
  }

  func delete(
    _ input: DeleteTrailRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DeleteTrailResponse {
    let trail = try TrailFinding.changeable(input.name, context, transaction)
    try dissolve(trail, transaction)
    try transaction.delete(trail, in: trail.scope)
    try transaction.delete(TrailStateRecord.self, trail.key, in: trail.scope)
    try DigestChainRecord.removeAll(of: trail, transaction)
    return DeleteTrailResponse()
  }

  // MARK: Checks

  private func checkQuota(
    _ trail: TrailRecord, isOrganizationTrail: Bool, _ transaction: Transaction
  ) throws(AWSError) {
    // Shadows count, too. AWS: a trail of an organization comes into being in its members however many they have.
    let present = try TrailFinding.owned(by: trail.account, transaction).filter { $0.stands(in: trail.region) }
    guard present.count >= ConfiguringTrails.trailsOfRegion else { return }
    throw .trail(
      "MaximumNumberOfTrailsExceededException",
      "User: \(trail.account) already has \(ConfiguringTrails.trailsOfRegion) trails in \(trail.region).")
  }

  private func checkBucketIsThere(
    _ bucket: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) {
    let probe = TrailRecord(
      account: try context.account, region: context.region, name: "probe", bucket: bucket, created: transaction.now)
    let arn = "arn:aws:s3:::\(bucket)"
    if try house.foresee("s3:GetBucketAcl", on: arn, of: "s3", for: probe, in: context.region, transaction) == .absent {
      throw .trail("S3BucketDoesNotExistException", "S3 bucket \(bucket) does not exist!")
    }
  }

  /// Looks at all destinations of a trail: what was right when they were set may not be now.
  private func checked(
    _ wished: TrailRecord, _ wishes: TrailWishes, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> TrailRecord {
    var trail = wished
    let destinations = Destinations(house: house, context: context, transaction: transaction)
    try destinations.checkBucket(trail)
    if let topic = wishes.topic { trail.topicARN = topic.isEmpty ? nil : try destinations.topic(topic, for: trail) }
    if let key = wishes.key { trail.keyARN = key.isEmpty ? nil : try destinations.key(key, for: trail) }
    if wishes.logGroupARN != nil || wishes.roleARN != nil { try destinations.checkLogs(trail) }
    return trail
  }

  // MARK: Organizations

  /// Lets a trail become its organization's: its members find it, and each has CloudTrail's role.
  private func found(
    _ trail: TrailRecord, _ organization: OrganizationRecord, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) {
    try ServiceLinkedRole.require(in: organization, context, transaction)
    for member in try Organizations.members(of: organization.id, transaction) {
      try ServiceLinkedRole.make(in: member, transaction)
    }
    try transaction.put(OrganizationTrailRecord(organization: organization.id, trail: trail.id), in: .global)
  }

  /// Takes a trail away from its organization; with the last one the roles of the members go.
  private func dissolve(_ trail: TrailRecord, _ transaction: Transaction) throws(AWSError) {
    guard let organization = trail.organization else { return }
    try transaction.delete(OrganizationTrailRecord(organization: organization, trail: trail.id), in: .global)
  }
}
