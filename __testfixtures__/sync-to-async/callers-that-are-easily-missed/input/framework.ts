export function Get(path: string) {
  return (target: object, key: string, descriptor: PropertyDescriptor): void => {
    routes.set(path, (request: unknown) => JSON.stringify(descriptor.value.call(target, request)));
  };
}

export const routes = new Map<string, (request: unknown) => string>();
