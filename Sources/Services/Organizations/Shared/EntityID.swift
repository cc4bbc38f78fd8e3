import Cloud
import Identity

/// The ids of an organization's entities: their forms, and how new ones are drawn.
///
/// AWS: Organizations API, the patterns of `OrganizationId`, `RootId`, `OrganizationalUnitId` and their like; lengths as AWS
/// draws them.
enum EntityID {
  /// `o-` and ten characters.
  static func organization(_ random: RandomSource) -> String { "o-" + random.text(10, .lowerAlphanumeric) }

  /// `r-` and four characters.
  static func root(_ random: RandomSource) -> String { "r-" + random.text(4, .lowerAlphanumeric) }

  /// `ou-`, the characters of the root, and eight more.
  static func organizationalUnit(in root: String, _ random: RandomSource) -> String {
    "ou-\(root.dropFirst(2))-" + random.text(8, .lowerAlphanumeric)
  }

  /// `p-` and eight characters.
  static func policy(_ random: RandomSource) -> String { "p-" + random.text(8, .lowerAlphanumeric) }

  /// `rp-` and eight characters.
  static func resourcePolicy(_ random: RandomSource) -> String { "rp-" + random.text(8, .lowerAlphanumeric) }

  /// `h-` and thirty-two characters.
  static func handshake(_ random: RandomSource) -> String { "h-" + random.text(32, .hexadecimal) }

  /// `car-` and thirty-two characters.
  static func createAccountRequest(_ random: RandomSource) -> String { "car-" + random.text(32, .hexadecimal) }

  /// What an id names, by its form.
  enum Kind {
    case organization, root, organizationalUnit, account, policy, resourcePolicy, handshake
  }

  /// The kind of an id; nothing if it has no known form.
  static func kind(of id: String) -> Kind? {
    if AccountID(id) != nil { return .account }
    if id.hasPrefix("ou-") { return .organizationalUnit }
    if id.hasPrefix("o-") { return .organization }
    if id.hasPrefix("r-") { return .root }
    if id.hasPrefix("rp-") { return .resourcePolicy }
    if id.hasPrefix("p-") { return .policy }
    return id.hasPrefix("h-") ? .handshake : nil
  }
}
