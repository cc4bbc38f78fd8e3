import Cloud
import Wire

/// The old operations on the tags of groups, and the new ones on those of any resource.
enum Tagging {
  /// - Throws: InvalidParameterException.
  static func check(_ tags: [String: String]) throws(AWSError) {
    for (key, value) in tags {
      guard !key.isEmpty, key.utf16.count <= 128, value.utf16.count <= 256, !key.lowercased().hasPrefix("aws:") else {
        // unverified: words
        throw .invalidParameter("The tag key or value of '\(key)' is invalid.")
      }
    }
  }

  // MARK: On groups

  static func tag(
    _ input: TagLogGroupRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try add(input.tags, to: GroupLocation(name: input.logGroupName, context), transaction)
    return NoMembers()
  }

  static func untag(
    _ input: UntagLogGroupRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try remove(input.tags, from: GroupLocation(name: input.logGroupName, context), transaction)
    return NoMembers()
  }

  static func list(
    _ input: ListTagsLogGroupRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListTagsLogGroupResponse {
    ListTagsLogGroupResponse(tags: try GroupLocation(name: input.logGroupName, context).group(transaction).tags)
  }

  // MARK: On resources

  static func tag(
    _ input: TagResourceRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    switch try Tagged(input.resourceArn, context) {
    case .group(let location): try add(input.tags, to: location, transaction)
    case .destination(let location):
      try check(input.tags)
      let old = try location.destination(transaction)
      var new = old
      new.tags.merge(input.tags) { _, added in added }
      try limit(new.tags, input.resourceArn)
      try transaction.update(old, to: new, in: location.scope)
    }
    return NoMembers()
  }

  static func untag(
    _ input: UntagResourceRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    switch try Tagged(input.resourceArn, context) {
    case .group(let location): try remove(input.tagKeys, from: location, transaction)
    case .destination(let location):
      let old = try location.destination(transaction)
      var new = old
      for key in input.tagKeys { new.tags[key] = nil }
      try transaction.update(old, to: new, in: location.scope)
    }
    return NoMembers()
  }

  static func list(
    _ input: ListTagsForResourceRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListTagsForResourceResponse {
    switch try Tagged(input.resourceArn, context) {
    case .group(let location): ListTagsForResourceResponse(tags: try location.group(transaction).tags)
    case .destination(let location): ListTagsForResourceResponse(tags: try location.destination(transaction).tags)
    }
  }

  static func access(
    _ action: String, _ arn: String, _ keys: Access.Keys, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    switch try Tagged(arn, context) {
    case .group(let location): return try Access.tags(action, location, keys, context, transaction)
    case .destination(let location):
      return [try location.check(action, keys, transaction)]
    }
  }

  /// What can have tags.
  private enum Tagged {
    case group(GroupLocation)
    case destination(DestinationLocation)

    init(_ arn: String, _ context: Context) throws(AWSError) {
      if let location = GroupLocation(arn: arn), location.region == context.region {
        self = .group(location)
      } else if let location = DestinationLocation(arn: arn), location.region == context.region {
        self = .destination(location)
      } else {
        // unverified: words
        throw .invalidParameter("The specified resource ARN '\(arn)' is invalid.")
      }
    }
  }

  private static func add(
    _ tags: [String: String], to location: GroupLocation, _ transaction: Transaction
  ) throws(AWSError) {
    try check(tags)
    let old = try location.group(transaction)
    var new = old
    new.tags.merge(tags) { _, added in added }
    try limit(new.tags, location.arn)
    try transaction.update(old, to: new, in: location.scope)
  }

  private static func remove(
    _ keys: [String], from location: GroupLocation, _ transaction: Transaction
  ) throws(AWSError) {
    let old = try location.group(transaction)
    var new = old
    for key in keys { new.tags[key] = nil }
    try transaction.update(old, to: new, in: location.scope)
  }

  private static func limit(_ tags: [String: String], _ arn: String) throws(AWSError) {
    guard tags.count > Groups.tagLimit else { return }
    throw AWSError(
      "TooManyTagsException", "The resource has too many tags.", fields: [("resourceName", .string(arn))])
  }
}
