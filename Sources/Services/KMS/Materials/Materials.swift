import Cloud
import Wire

/// Rotation, import and replication of key material.
extension KMSService {
  var materialOperations: [Operation] {
    [
      onKey(
        "EnableKeyRotation", id: { (input: EnableKeyRotationRequest) in input.keyId },
        keys: { input in
          [("kms:RotationPeriodInDays", .single(String(input.rotationPeriodInDays ?? Rotating.standardPeriod)))]
        }, Rotating.enable),
      onKey("DisableKeyRotation", id: { (input: DisableKeyRotationRequest) in input.keyId }, Rotating.disable),
      onKey(
        "GetKeyRotationStatus", .shared, id: { (input: GetKeyRotationStatusRequest) in input.keyId }, Rotating.status),
      onKey(
        "RotateKeyOnDemand", id: { (input: RotateKeyOnDemandRequest) in input.keyId },
        { _, target, _, transaction throws(AWSError) in
          try Rotating.rotateOnDemand(target, vault, transaction)
        }),
      onKey("ListKeyRotations", id: { (input: ListKeyRotationsRequest) in input.keyId }, Rotating.list),

      Operation(
        waiting: "GetParametersForImport",
        access: { (input: GetParametersForImportRequest, context, transaction) throws(AWSError) in
          [
            try KeyAccess.check(
              "GetParametersForImport", on: try KeyTarget.find(input.keyId, .key, context, transaction),
              [
                ("kms:WrappingAlgorithm", .single(input.wrappingAlgorithm)),
                ("kms:WrappingKeySpec", .single(input.wrappingKeySpec)),
              ], context, transaction)
          ]
        },
        { (input: GetParametersForImportRequest, context, transaction) throws(AWSError) in
          try Importing.parameters(input, self, context, transaction)
        }),
      onKey(
        "ImportKeyMaterial", id: { (input: ImportKeyMaterialRequest) in input.keyId },
        keys: { input in
          var keys: KeyAccess.Keys = [
            ("kms:ExpirationModel", .single(input.expirationModel ?? "KEY_MATERIAL_EXPIRES"))
          ]
          if let validTo = input.validTo { keys.append(("kms:ValidTo", .single(validTo.iso8601))) }
          return keys
        },
        { input, target, _, transaction throws(AWSError) in
          try Importing.accept(input, target, vault, transaction)
        }),
      onKey(
        "DeleteImportedKeyMaterial", id: { (input: DeleteImportedKeyMaterialRequest) in input.keyId },
        { input, target, _, transaction throws(AWSError) in
          try Importing.delete(input, target, vault, transaction)
        }),

      Operation("ReplicateKey", access: Replicating.access, Replicating.replicate),
      onKey(
        "UpdatePrimaryRegion", id: { (input: UpdatePrimaryRegionRequest) in input.keyId },
        keys: { input in [("kms:PrimaryRegion", .single(input.primaryRegion))] }, Replicating.movePrimary),
    ]
  }
}
