import Cloud
import Identity
import Wire

/// Groups and who is in them.
enum Groups {
  /// The group of a name.
  /// - Throws: NoSuchEntity.
  static func find(_ name: String, _ context: Context, _ transaction: Transaction) throws(AWSError) -> GroupRecord {
    guard let group = try GroupRecord.find(name, in: try context.account, transaction) else { throw .noSuchGroup(name) }
    return group
  }

  static func create(
    _ input: CreateGroupRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CreateGroupResponse {
    let account = try context.account
    guard try GroupRecord.find(input.groupName, in: account, transaction) == nil else {
      throw .alreadyExists("Group with name \(input.groupName) already exists.")
    }
    guard try transaction.count(GroupRecord.self, in: Scope(account), limit: Quota.groups) < Quota.groups else {
      throw .quota("GroupsPerAccount", Quota.groups)
    }
    let group = GroupRecord(
      account: account, name: input.groupName, path: input.path ?? "/",
      id: UniqueID.make(.group, for: account, transaction.random), created: transaction.now.wholeSeconds)
    try transaction.insert(group, in: group.scope)
    return CreateGroupResponse(group: Group(group))
  }

  static func get(
    _ input: GetGroupRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetGroupResponse {
    let group = try find(input.groupName, context, transaction)
    let users = try MembershipRecord.users(of: group.name, in: group.account, transaction)
    let page = try Page(users, after: input.marker, limit: input.maxItems, by: { $0.name.lowercased() })
    return GetGroupResponse(
      group: Group(group), users: page.items.map { User($0, isWhole: false) }, isTruncated: page.isTruncated,
      marker: page.marker)
  }

  static func list(
    _ input: ListGroupsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListGroupsResponse {
    let all = try transaction.scan(GroupRecord.self, in: Scope(try context.account))
    let prefix = input.pathPrefix ?? "/"
    let page = try Page(
      all.filter { $0.path.hasPrefix(prefix) }, after: input.marker, limit: input.maxItems, by: { $0.name.lowercased() }
    )
    return ListGroupsResponse(groups: page.items.map(Group.init), isTruncated: page.isTruncated, marker: page.marker)
  }

  static func listForUser(
    _ input: ListGroupsForUserRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListGroupsForUserResponse {
    let user = try Users.find(input.userName, context, transaction)
    var groups: [GroupRecord] = []
    for name in user.groups {
      if let group = try GroupRecord.find(name, in: user.account, transaction) { groups.append(group) }
    }
    let page = try Page(groups, after: input.marker, limit: input.maxItems, by: { $0.name.lowercased() })
    return ListGroupsForUserResponse(
      groups: page.items.map(Group.init), isTruncated: page.isTruncated, marker: page.marker)
  }

  static func update(
    _ input: UpdateGroupRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let old = try find(input.groupName, context, transaction)
    var group = old
    group.path = input.newPath ?? group.path
    if let name = input.newGroupName, name != old.name {
      if name.lowercased() != old.name.lowercased(),
        try GroupRecord.find(name, in: old.account, transaction) != nil
      {
        throw .alreadyExists("Group with name \(name) already exists.")
      }
      group.name = name
      let members = try MembershipRecord.users(of: old.name, in: old.account, transaction)
      try transaction.delete(old, in: old.scope)
      for var user in members {
        try transaction.delete(MembershipRecord(group: old.name, user: user.name), in: old.scope)
        try transaction.put(MembershipRecord(group: name, user: user.name), in: old.scope)
        user.groups = user.groups.map { $0.lowercased() == old.name.lowercased() ? name : $0 }
        try transaction.put(user, in: user.scope)
      }
    }
    try transaction.put(group, in: group.scope)
    return NoMembers()
  }

  static func delete(
    _ input: DeleteGroupRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let group = try find(input.groupName, context, transaction)
    func conflict(_ what: String) -> AWSError { .deleteConflict("Cannot delete entity, must \(what) first.") }
    guard try transaction.count(MembershipRecord.self, in: group.scope, MembershipRecord.range(of: group.name)) == 0
    else {
      throw conflict("remove users from group")
    }
    guard group.attachedPolicies.isEmpty else { throw conflict("detach all policies") }
    guard group.inlinePolicies.isEmpty else { throw conflict("delete policies") }
    try transaction.delete(group, in: group.scope)
    return NoMembers()
  }

  static func add(
    _ input: AddUserToGroupRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let group = try find(input.groupName, context, transaction)
    var user = try Users.find(input.userName, context, transaction)
    if user.groups.contains(where: { $0.lowercased() == group.name.lowercased() }) { return NoMembers() }
    guard user.groups.count < Quota.groupsPerUser else { throw .quota("GroupsPerUser", Quota.groupsPerUser) }
    user.groups.append(group.name)
    try transaction.put(user, in: user.scope)
    try transaction.put(MembershipRecord(group: group.name, user: user.name), in: group.scope)
    return NoMembers()
  }

  static func remove(
    _ input: RemoveUserFromGroupRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let group = try find(input.groupName, context, transaction)
    var user = try Users.find(input.userName, context, transaction)
    let count = user.groups.count
    user.groups.removeAll { $0.lowercased() == group.name.lowercased() }
    guard user.groups.count < count else {
      throw .noSuchEntity("User \(user.name) not in group \(group.name)")
    }
    try transaction.put(user, in: user.scope)
    try transaction.delete(MembershipRecord(group: group.name, user: user.name), in: group.scope)
    return NoMembers()
  }
}
