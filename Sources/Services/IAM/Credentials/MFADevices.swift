import Cloud
import Identity
import Wire

/// Virtual MFA devices: time-based one-time passwords, checked for real.
enum MFADevices {
  private static func find(
    _ serialNumber: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> MFADeviceRecord {
    guard let device = try transaction.get(MFADeviceRecord.self, Key(serialNumber), in: Scope(try context.account))
    else {
      throw .noSuchEntity("VirtualMFADevice with serial number \(serialNumber) doesn't exist.")
    }
    return device
  }

  static func create(
    _ input: CreateVirtualMFADeviceRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CreateVirtualMFADeviceResponse {
    let account = try context.account
    var device = MFADeviceRecord(
      account: account, name: input.virtualMFADeviceName, path: input.path ?? "/",
      seed: transaction.random.text(64, .base32))
    guard try !transaction.contains(MFADeviceRecord.self, device.key, in: Scope(account)) else {
      throw .alreadyExists("MFADevice entity at the same path and name already exists.")
    }
    device.tags = try Tag.records(input.tags)
    try transaction.insert(device, in: Scope(account))
    return CreateVirtualMFADeviceResponse(
      virtualMFADevice: VirtualMFADevice(
        serialNumber: device.serialNumber, base32StringSeed: Array(device.seed.utf8), tags: tagList(device.tags)))
  }

  static func delete(
    _ input: DeleteVirtualMFADeviceRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let device = try find(input.serialNumber, context, transaction)
    guard device.owner == nil else {
      throw .deleteConflict("Cannot delete entity, must deactivate MFA device first.")
    }
    try transaction.delete(device, in: Scope(device.account))
    return NoMembers()
  }

  /// Takes two codes that follow each other.
  private static func synchronize(
    _ device: inout MFADeviceRecord, _ first: String, _ second: String, _ transaction: Transaction
  ) throws(AWSError) {
    let step = transaction.now.seconds / 30
    for candidate in (step - 3)...(step + 2) {
      if OneTimePassword.code(seed: device.seed, step: candidate) == first,
        OneTimePassword.code(seed: device.seed, step: candidate + 1) == second
      {
        device.lastStep = candidate + 1
        return
      }
    }
    throw AWSError("InvalidAuthenticationCode", "Authentication code for device is not valid.", status: 403)
  }

  static func enable(
    _ input: EnableMFADeviceRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    // The root user's devices are named like users' ones, with `root` as their user.
    let isRoot = input.userName == "root" && context.caller.kind == .root
    let owner = isRoot ? "" : try Users.find(input.userName, context, transaction).name
    var device = try find(input.serialNumber, context, transaction)
    guard device.owner == nil else {
      throw .alreadyExists("MFA Device is already in use.")
    }
    try synchronize(&device, input.authenticationCode1, input.authenticationCode2, transaction)
    device.owner = owner
    device.enabled = transaction.now.wholeSeconds
    try transaction.put(device, in: Scope(device.account))
    return NoMembers()
  }

  static func resync(
    _ input: ResyncMFADeviceRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var device = try find(input.serialNumber, context, transaction)
    guard device.owner?.lowercased() == input.userName.lowercased() else {
      throw .noSuchEntity("MFA Device invalid for user.")
    }
    try synchronize(&device, input.authenticationCode1, input.authenticationCode2, transaction)
    try transaction.put(device, in: Scope(device.account))
    return NoMembers()
  }

  static func deactivate(
    _ input: DeactivateMFADeviceRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var device = try find(input.serialNumber, context, transaction)
    let name = try context.userName(input.userName) ?? ""
    guard let owner = device.owner, owner.lowercased() == name.lowercased() else {
      throw .noSuchEntity("MFA Device invalid for user.")
    }
    device.owner = nil
    device.enabled = nil
    try transaction.put(device, in: Scope(device.account))
    return NoMembers()
  }

  static func get(
    _ input: GetMFADeviceRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetMFADeviceResponse {
    let device = try find(input.serialNumber, context, transaction)
    return GetMFADeviceResponse(
      userName: device.owner.flatMap { $0.isEmpty ? nil : $0 }, serialNumber: device.serialNumber,
      enableDate: device.enabled)
  }

  static func list(
    _ input: ListMFADevicesRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListMFADevicesResponse {
    let name = try context.userName(input.userName)
    if let name { _ = try Users.find(name, context, transaction) }
    let devices = try MFADeviceRecord.all(of: name ?? "", in: try context.account, transaction)
    let page = try Page(devices, after: input.marker, limit: input.maxItems, by: \.serialNumber)
    return ListMFADevicesResponse(
      mfaDevices: page.items.map { device in
        MFADevice(
          userName: device.owner ?? "", serialNumber: device.serialNumber,
          enableDate: device.enabled ?? transaction.now.wholeSeconds)
      }, isTruncated: page.isTruncated, marker: page.marker)
  }

  static func listVirtual(
    _ input: ListVirtualMFADevicesRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListVirtualMFADevicesResponse {
    let account = try context.account
    let all = try transaction.scan(MFADeviceRecord.self, in: Scope(account)).filter { device in
      switch input.assignmentStatus {
      case "Assigned": device.owner != nil
      case "Unassigned": device.owner == nil
      default: true
      }
    }
    let page = try Page(all, after: input.marker, limit: input.maxItems, by: \.serialNumber)
    var devices: [VirtualMFADevice] = []
    for device in page.items {
      var user: User?
      if let owner = device.owner, let record = try UserRecord.find(owner, in: account, transaction) {
        user = User(record, isWhole: false)
      }
      devices.append(VirtualMFADevice(serialNumber: device.serialNumber, user: user, enableDate: device.enabled))
    }
    return ListVirtualMFADevicesResponse(
      virtualMFADevices: devices, isTruncated: page.isTruncated, marker: page.marker)
  }

  static func tags(
    _ input: ListMFADeviceTagsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListMFADeviceTagsResponse {
    let device = try find(input.serialNumber, context, transaction)
    let page = try Page(device.tags, after: input.marker, limit: input.maxItems, by: \.key)
    return ListMFADeviceTagsResponse(
      tags: page.items.map(Tag.init), isTruncated: page.isTruncated, marker: page.marker)
  }

  static func tag(
    _ input: TagMFADeviceRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var device = try find(input.serialNumber, context, transaction)
    try Tags.add(input.tags, to: &device.tags)
    try transaction.put(device, in: Scope(device.account))
    return NoMembers()
  }

  static func untag(
    _ input: UntagMFADeviceRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var device = try find(input.serialNumber, context, transaction)
    Tags.remove(input.tagKeys, from: &device.tags)
    try transaction.put(device, in: Scope(device.account))
    return NoMembers()
  }
}
