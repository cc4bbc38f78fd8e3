import Cloud
import Identity
import Policy
import Wire

/// PutDestination, PutDestinationPolicy, DescribeDestinations and DeleteDestination.
///
/// A destination stands for a stream of Kinesis or Firehose, none of which is here: it can be made, shared by its policy and
/// described, and a subscription to it is judged; delivery is refused when the subscription is made.
enum Destinations {
  static func put(
    _ input: PutDestinationRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> PutDestinationResponse {
    let location = try DestinationLocation(name: input.destinationName, context)
    guard let target = ARN(input.targetArn), ["kinesis", "firehose"].contains(target.service) else {
      // unverified: words
      throw .invalidParameter("The target of a destination must be a Kinesis stream or a Firehose delivery stream.")
    }
    try Tagging.check(input.tags ?? [:])
    let old = try location.find(transaction)
    let record = DestinationRecord(
      name: input.destinationName, target: input.targetArn, role: input.roleArn, policy: old?.policy,
      createdAt: old?.createdAt ?? transaction.now.milliseconds, tags: old?.tags ?? input.tags ?? [:])
    try transaction.put(record, in: location.scope)
    return PutDestinationResponse(destination: shown(record, location))
  }

  static func putAccess(
    _ input: PutDestinationRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    let location = try DestinationLocation(name: input.destinationName, context)
    return [
      try location.check("PutDestination", Access.tagKeys(input.tags), transaction),
      // AWS: PutDestination: "you must also have the iam:PassRole permission".
      AccessCheck(
        "iam:PassRole", on: input.roleArn, owner: location.account,
        keys: [("iam:PassedToService", .single("logs.amazonaws.com"))]),
    ]
  }

  static func putPolicy(
    _ input: PutDestinationPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let location = try DestinationLocation(name: input.destinationName, context)
    let old = try location.destination(transaction)
    do throws(PolicyProblem) { _ = try PolicyValidator.check(input.accessPolicy, as: .resource) } catch {
      // unverified: words
      throw .invalidParameter("The access policy is invalid: \(error.message)")
    }
    var new = old
    do throws(AWSError) { new.policy = try Principals.pin(input.accessPolicy, in: transaction) } catch {
      throw error.code == "MalformedPolicyDocument" ? .invalidParameter(error.message) : error
    }
    try transaction.update(old, to: new, in: location.scope)
    return NoMembers()
  }

  static func describe(
    _ input: DescribeDestinationsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DescribeDestinationsResponse {
    let scope = Scope(try context.account, context.region)
    let range = KeyRange.prefix(Key(), stringStartingWith: input.destinationNamePrefix ?? "")
    let all = try transaction.scan(DestinationRecord.self, in: scope, range)
    let page = try PageToken.page(all, limit: input.limit ?? 50, after: input.nextToken, by: \.name)
    var destinations: [Destination] = []
    for var record in page.items {
      record.policy = try record.policy.map { policy throws(AWSError) in try Principals.render(policy, in: transaction)
      }
      destinations.append(shown(record, try DestinationLocation(name: record.name, context)))
    }
    return DescribeDestinationsResponse(destinations: destinations, nextToken: page.next)
  }

  static func delete(
    _ input: DeleteDestinationRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let location = try DestinationLocation(name: input.destinationName, context)
    try transaction.delete(try location.destination(transaction), in: location.scope)
    return NoMembers()
  }

  private static func shown(_ record: DestinationRecord, _ location: DestinationLocation) -> Destination {
    Destination(
      destinationName: record.name, targetArn: record.target, roleArn: record.role, accessPolicy: record.policy,
      arn: location.arn, creationTime: Int(record.createdAt))
  }
}
