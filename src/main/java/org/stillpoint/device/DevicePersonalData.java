package org.stillpoint.device;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.stillpoint.privacy.spi.ExportDocument;
import org.stillpoint.privacy.spi.ExportDraft;
import org.stillpoint.privacy.spi.PersonalDataSource;

/** A member's devices, without the addresses, which are of use to a push service alone. */
@Singleton
class DevicePersonalData implements PersonalDataSource {
  private final DeviceRepository devices;

  DevicePersonalData(DeviceRepository devices) {
    this.devices = devices;
  }

  @Override
  public void export(UUID memberId, ExportDraft copy) {
    copy.add(
        devices.of(memberId, null, DeviceService.MOST_DEVICES).stream()
            .map(
                device ->
                    new ExportDocument.Device(
                        device.id(), device.channel(), device.clientId(), device.createdAt()))
            .toList());
  }
}
