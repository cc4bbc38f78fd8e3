import Cloud
import Identity
import Wire

/// Users.
enum Users {
  /// The user of a name.
  /// - Throws: NoSuchEntity.
  static func find(_ name: String, _ context: Context, _ transaction: Transaction) throws(AWSError) -> UserRecord {
    guard let user = try UserRecord.find(name, in: try context.account, transaction) else { throw .noSuchUser(name) }
    return user
  }

  static func create(
    _ input: CreateUserRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CreateUserResponse {
    let account = try context.account
    guard try UserRecord.find(input.userName, in: account, transaction) == nil else {
      throw .alreadyExists("User with name \(input.userName) already exists.")
    }
    guard try transaction.count(UserRecord.self, in: Scope(account), limit: Quota.users) < Quota.users else {
      throw .quota("UsersPerAccount", Quota.users)
    }
    var user = UserRecord(
      account: account, name: input.userName, path: input.path ?? "/",
      id: UniqueID.make(.user, for: account, transaction.random), created: transaction.now.wholeSeconds)
    user.tags = try Tag.records(input.tags)
    if let boundary = input.permissionsBoundary {
      user.boundary = try ManagedPolicies.attachable(boundary, context, transaction).arn
    }
    try transaction.insert(user, in: user.scope)
    return CreateUserResponse(user: User(user))
  }

  static func get(
    _ input: GetUserRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetUserResponse {
    guard let name = try context.userName(input.userName) else {
      let account = try context.account
      // Accounts are there without being created, so a root user has no day of creation; the present stands for it.
      return GetUserResponse(
        user: User(
          path: "/", userName: "", userId: account.rawValue, arn: "arn:aws:iam::\(account):root",
          createDate: transaction.now.wholeSeconds))
    }
    return GetUserResponse(user: User(try find(name, context, transaction)))
  }

  static func list(
    _ input: ListUsersRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListUsersResponse {
    let all = try transaction.scan(UserRecord.self, in: Scope(try context.account))
    let prefix = input.pathPrefix ?? "/"
    let page = try Page(
      all.filter { $0.path.hasPrefix(prefix) }, after: input.marker, limit: input.maxItems, by: { $0.name.lowercased() }
    )
    return ListUsersResponse(
      users: page.items.map { User($0, isWhole: false) }, isTruncated: page.isTruncated, marker: page.marker)
  }

  static func update(
    _ input: UpdateUserRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let old = try find(input.userName, context, transaction)
    var user = old
    user.path = input.newPath ?? user.path
    if let name = input.newUserName, name != old.name {
      if name.lowercased() != old.name.lowercased(),
        try UserRecord.find(name, in: old.account, transaction) != nil
      {
        throw .alreadyExists("User with name \(name) already exists.")
      }
      user.name = name
      try transaction.delete(old, in: old.scope)
      for key in try AccessKeyRecord.all(of: old.name, in: old.account, transaction) {
        var renamed = key
        renamed.userName = name
        try transaction.update(key, to: renamed, in: old.scope)
      }
      for group in old.groups {
        try transaction.delete(MembershipRecord(group: group, user: old.name), in: old.scope)
        try transaction.put(MembershipRecord(group: group, user: name), in: old.scope)
      }
    }
    try transaction.put(user, in: user.scope)
    return NoMembers()
  }

  static func delete(
    _ input: DeleteUserRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let user = try find(input.userName, context, transaction)
    func conflict(_ what: String) -> AWSError { .deleteConflict("Cannot delete entity, must \(what) first.") }
    guard user.groups.isEmpty else { throw conflict("remove users from group") }
    guard user.attachedPolicies.isEmpty else { throw conflict("detach all policies") }
    guard user.inlinePolicies.isEmpty else { throw conflict("delete policies") }
    guard try AccessKeyRecord.all(of: user.name, in: user.account, transaction).isEmpty else {
      throw conflict("delete access keys")
    }
    guard user.loginProfile == nil else { throw conflict("delete login profile") }
    guard try MFADeviceRecord.all(of: user.name, in: user.account, transaction).isEmpty else {
      throw conflict("delete MFA device")
    }
    try transaction.delete(user, in: user.scope)
    return NoMembers()
  }

  static func putBoundary(
    _ input: PutUserPermissionsBoundaryRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var user = try find(input.userName, context, transaction)
    user.boundary = try ManagedPolicies.attachable(input.permissionsBoundary, context, transaction).arn
    try transaction.put(user, in: user.scope)
    return NoMembers()
  }

  static func deleteBoundary(
    _ input: DeleteUserPermissionsBoundaryRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var user = try find(input.userName, context, transaction)
    guard user.boundary != nil else {
      throw .noSuchEntity("The permissions boundary for user \(user.name) cannot be found.")
    }
    user.boundary = nil
    try transaction.put(user, in: user.scope)
    return NoMembers()
  }
}
